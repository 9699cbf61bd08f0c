"""The situation report as a Word document, with real footnotes and a fixed date in every part of the archive."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.exports.report_content import Report

FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
BORDERS = f"""<w:tblBorders {nsdecls("w")}>
 <w:top w:val="nil"/><w:left w:val="nil"/><w:bottom w:val="single" w:sz="4" w:color="D9D5CD"/><w:right w:val="nil"/>
 <w:insideH w:val="single" w:sz="4" w:color="D9D5CD"/><w:insideV w:val="nil"/></w:tblBorders>"""
INK, QUIET = RGBColor(0x1D, 0x1D, 0x22), RGBColor(0x5C, 0x5A, 0x57)
NOT_XML = re.compile("[^\\t\\n\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""Everything but the characters of XML 1.0, production 2."""
MAP_MM, MANY = 174.0, 6
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest date a ZIP archive can hold: the clock leaves no trace."""


def to_docx(report: Report, *, cutoff: date | None) -> bytes:
    """Return a report as DOCX on A4; ``cutoff`` is written as the date of the document."""
    document = docx.Document()
    _page(document, report, cutoff=cutoff)
    _heading(document, report)
    _key_figures(document, report)
    # A long list of figures leaves less room for the map on the first page.
    wide = MAP_MM if len(report.key_figures) <= MANY else MAP_MM * 0.8
    _picture(document, report.map_picture("png"), text=report.map_text, width=wide)
    words = report.language
    _title(document, words["table"]).paragraph_format.page_break_before = True
    _table(document, report)
    trend = report.trend_picture("png")
    if trend is not None:
        _title(document, words["trend"])
        _line(document, report.trend_text, size=9, colour=QUIET)
        _picture(document, trend, text=report.trend_text, width=MAP_MM)
    _title(document, words["caveats"])
    for text in report.caveats:
        paragraph = document.add_paragraph(style="List Bullet")
        _run(paragraph, text, size=9)
        paragraph.paragraph_format.space_after = Pt(2)
    _line(document, report.safety, size=9, bold=True)
    for text in report.marginalia.split("\n"):
        _line(document, text, size=7, colour=QUIET)
    _add_footnotes(document, report.footnotes)
    buffer = io.BytesIO()
    document.save(buffer)
    return _undated(buffer.getvalue())


def _page(document: Any, report: Report, *, cutoff: date | None) -> None:  # noqa: ANN401 - python-docx has no types
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(16)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = "Calibri", Pt(10), INK
    normal.paragraph_format.space_after = Pt(4)
    moment = datetime.combine(cutoff or date(*ZIP_EPOCH[:3]), time())
    properties = document.core_properties
    properties.title, properties.author = report.heading, "Clearance Atlas"
    properties.created = properties.modified = properties.last_printed = moment
    properties.comments, properties.language = report.safety, report.language.language
    properties.last_modified_by, properties.revision = "", 1


def _heading(document: Any, report: Report) -> None:  # noqa: ANN401 - python-docx has no types
    paragraph = document.add_heading(level=1)
    _run(paragraph, report.heading, size=18, bold=True)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
    _line(document, report.subtitle, size=9, colour=QUIET)
    _line(document, f"{report.title}.", size=12, bold=True)


def _title(document: Any, text: str) -> Any:  # noqa: ANN401 - python-docx has no types
    paragraph = document.add_heading(level=2)
    _run(paragraph, text, size=12, bold=True)
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(8), Pt(3)
    return paragraph


def _line(document: Any, text: str, *, size: float, bold: bool = False,  # noqa: ANN401 - python-docx has no types
          colour: RGBColor = INK) -> None:
    _run(document.add_paragraph(), text, size=size, bold=bold, colour=colour)


def _run(paragraph: Any, text: str, *, size: float, bold: bool = False,  # noqa: ANN401 - python-docx has no types
         colour: RGBColor = INK) -> None:
    run = paragraph.add_run(_clean(text))
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, colour
    run.font.name = "Calibri"


def _clean(text: str) -> str:
    """Leave out what XML cannot hold: a control character in a bulletin is no reason to lose the report."""
    return NOT_XML.sub("", text)


def _picture(document: Any, picture: bytes, *, text: str, width: float) -> None:  # noqa: ANN401 - no types
    shape = document.add_picture(io.BytesIO(picture), width=Mm(width))
    shape._inline.docPr.set("descr", _clean(text))  # noqa: SLF001 - python-docx has no other way to give alt text
    shape._inline.docPr.set("title", _clean(text)[:120])  # noqa: SLF001 - the same


def _key_figures(document: Any, report: Report) -> None:  # noqa: ANN401 - python-docx has no types
    words = report.language
    rows = [(entry.label, entry.figure, f"{entry.place}; {entry.operator}", entry.footnote)
            for entry in report.key_figures]
    header = (words["key_figures"], words["value"], words["operator"].split(":")[0])
    table = _grid(document, widths=(74, 34, 66), header=header)
    for label, figure, scope, footnote in rows:
        cells = table.add_row().cells
        _cell(cells[0], label)
        _cell(cells[1], figure, bold=True, right=True)
        _cell(cells[2], scope)
        cells[1].paragraphs[0]._p.append(_reference(footnote))  # noqa: SLF001 - python-docx has no footnotes
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _table(document: Any, report: Report) -> None:  # noqa: ANN401 - python-docx has no types
    words = report.language
    table = _grid(document, widths=(104, 34, 36), right=(1, 2),
                  header=(words["district"], words["value"], words["rate"]))
    for row in report.rows:
        cells = table.add_row().cells
        _cell(cells[0], row.place, bold=row.strong)
        _cell(cells[1], row.figure, bold=row.strong, right=True)
        _cell(cells[2], row.rate, bold=row.strong, right=True)
    _line(document, f"{words['rate']}: {report.rate_unit}", size=8, colour=QUIET)


def _grid(document: Any, *, widths: Sequence[float], header: Sequence[str],  # noqa: ANN401 - no types
          right: Sequence[int] = (1,)) -> Any:  # noqa: ANN401 - the same
    table = document.add_table(rows=1, cols=len(widths))
    table.style, table.alignment, table.autofit = document.styles["Table Grid"], WD_TABLE_ALIGNMENT.LEFT, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    table._tbl.tblPr.append(parse_xml(BORDERS))  # noqa: SLF001 - python-docx has no borders
    for number, (cell, text) in enumerate(zip(table.rows[0].cells, header, strict=True)):
        _cell(cell, text, bold=True, right=number in right)
    properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no header rows
    properties.append(OxmlElement("w:tblHeader"))
    return table


def _cell(cell: Any, text: str, *, bold: bool = False, right: bool = False) -> None:  # noqa: ANN401 - no types
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _run(paragraph, text, size=9, bold=bold)


def _reference(number: int) -> Any:  # noqa: ANN401 - an XML element
    run = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    raised = OxmlElement("w:vertAlign")
    raised.set(qn("w:val"), "superscript")
    properties.append(raised)
    mark = OxmlElement("w:footnoteReference")
    mark.set(qn("w:id"), str(number))
    run.extend((properties, mark))
    return run


def _add_footnotes(document: Any, notes: Sequence[str]) -> None:  # noqa: ANN401 - python-docx has no types
    """Add the part that holds footnotes (ECMA-376 part 1, 11.3.7), which python-docx does not write."""
    root = etree.fromstring(f"<w:footnotes {nsdecls('w')}/>")
    for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
        note = _footnote(root, number)
        note.set(qn("w:type"), kind)
        etree.SubElement(etree.SubElement(note[0], qn("w:r")), qn(f"w:{kind}"))
    for number, text in enumerate(notes, start=1):
        paragraph = _footnote(root, number)[0]
        for wording in (None, f" {_clean(text)}"):
            run = etree.SubElement(paragraph, qn("w:r"))
            properties = etree.SubElement(run, qn("w:rPr"))
            if wording is None:
                etree.SubElement(properties, qn("w:vertAlign")).set(qn("w:val"), "superscript")
                etree.SubElement(run, qn("w:footnoteRef"))
                continue
            etree.SubElement(properties, qn("w:sz")).set(qn("w:val"), "15")
            element = etree.SubElement(run, qn("w:t"))
            element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            element.text = wording
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES_TYPE, content, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _footnote(root: Any, number: int) -> Any:  # noqa: ANN401 - XML elements
    note = etree.SubElement(root, qn("w:footnote"))
    note.set(qn("w:id"), str(number))
    paragraph = etree.SubElement(note, qn("w:p"))
    properties = etree.SubElement(paragraph, qn("w:pPr"))
    etree.SubElement(properties, qn("w:spacing")).set(qn("w:after"), "0")
    return note


def _undated(archive: bytes) -> bytes:
    """Return a ZIP archive with its parts in the same order and no time of day in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, ZIP_EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
