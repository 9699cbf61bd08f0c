"""The situation report as one HTML file and as Markdown."""

from __future__ import annotations

import base64
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clearance_atlas.exports.report_content import Report

TEMPLATES = Path(__file__).parent / "templates"
MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$])")


def to_html(report: Report) -> bytes:
    """Return a report as one HTML file that asks for nothing else; two A4 pages when printed."""
    page: str = _template("report.html").render(
        report=report, words=report.language, map_uri=_uri(report.map_picture("svg"), kind="svg+xml"),
        trend_uri=_uri(report.trend_picture("svg"), kind="svg+xml"))
    return page.encode("utf-8", "replace")


def to_markdown(report: Report) -> bytes:
    """Return a report as Markdown with footnotes; its pictures are data URIs, so that it stays one file."""
    words = report.language
    lines = [f"# {escape(report.heading)}", "", escape(report.subtitle), "", f"**{escape(report.title)}.**", ""]
    lines += [f"| {escape(words['key_figures'])} | {escape(words['value'])} | |", "|---|---:|---|"]
    lines += [f"| {escape(entry.label)} | {escape(entry.figure)}[^{entry.footnote}] | "
              f"{escape(entry.place)}; {escape(entry.operator)} |" for entry in report.key_figures]
    lines += ["", f"![{escape(report.map_text)}]({_uri(report.map_picture('png'), kind='png')})", ""]
    header = " | ".join(escape(words[key]) for key in ("district", "value", "rate"))
    lines += [f"## {escape(words['table'])}", "", f"| {header} |", "|---|---:|---:|"]
    lines += [f"| {escape(row.place)} | {escape(row.figure)} | {escape(row.rate)} |" for row in report.rows]
    lines += ["", f"{escape(words['rate'])}: {escape(report.rate_unit)}", ""]
    trend = report.trend_picture("png")
    if trend is not None:
        lines += [f"## {escape(words['trend'])}", "", f"![{escape(report.trend_text)}]({_uri(trend, kind='png')})", ""]
    lines += [f"## {escape(words['caveats'])}", "", *(f"- {escape(text)}" for text in report.caveats), ""]
    lines += [f"**{escape(report.safety)}**", "", *(escape(text) + "\n" for text in report.marginalia.split("\n"))]
    lines += [f"[^{number}]: {escape(text)}" for number, text in enumerate(report.footnotes, start=1)]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def escape(text: str) -> str:
    r"""Return text that Markdown shows as it is, on one line.

    >>> print(escape("<b>1_039*</b>"))
    \<b\>1\_039\*\</b\>
    """
    return MARKDOWN_SIGNS.sub(r"\\\1", " ".join(text.split()))


def _uri(picture: bytes | None, *, kind: str) -> str | None:
    return None if picture is None else f"data:image/{kind};base64,{base64.b64encode(picture).decode()}"


@cache
def _template(name: str) -> Any:  # noqa: ANN401 - jinja2 templates
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - only for this format

    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True)
    return environment.get_template(name)
