"""HTML pages: the text that a reader sees, and the date that the page's metadata state.

Which part of a page is the article is trafilatura's decision. Done before it: hidden elements go, raised figures become
superscript characters (so that ``1<sup>2</sup>`` is never twelve), and a page nested too deep for any tree is
flattened to its text.
"""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any

import lxml.html
import trafilatura
from lxml import etree

from clearance_atlas.documents.decoding import decode
from clearance_atlas.documents.extracted import Extracted
from clearance_atlas.documents.headers import iso_date
from clearance_atlas.errors import DocumentError
from clearance_atlas.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

# libxml2 cuts a tree off at 256 levels.
_DEEPEST = 200
_MOST_TAGS = 50_000
# More attributes than a tag can have; parsers compare each with each.
_MOST_ATTRIBUTES = 2000
_TAG_START = re.compile("<[a-zA-Z][^>]*")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*?(/?)>")
# Elements without an end, or whose end may be left out: they do not nest.
_FLAT = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p",
    "li", "dt", "dd", "option", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup",
))
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
    "section", "table", "tr", "ul",
))
_SILENT = frozenset((
    "head", "script", "style", "template", "noscript", "iframe", "object", "svg", "math", "select", "textarea",
    "title",
))
_EMPHASIS = ("b", "strong", "i", "em", "u", "span", "font", "mark", "small", "sub", "wbr")
_RAW = frozenset(("script", "style", "textarea", "title"))
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])|"
                     r"opacity\s*:\s*0(?![.\d])")
_HIDDEN_TAG = re.compile(rf"\shidden[\s>=]|style\s*=[^>]*?(?:{_HIDING.pattern})", re.IGNORECASE)
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_BLANK = re.compile(r" *\n[ \n]*")
_WHITE = re.compile(r"\s+")
_RULE = re.compile(r"^\|(?:-{3,}\|)+ *\n?", re.MULTILINE)
_SUPERSCRIPT = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_DATE_NAMES = frozenset((
    "article:published_time", "og:article:published_time", "datepublished", "pubdate", "publishdate", "publish_date",
    "publication_date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued", "parsely-pub-date",
    "sailthru.date", "date", "article.published", "citation_publication_date",
))
_LONGEST_SCRIPT = 500_000
_DEEPEST_JSON = 6


def read_webpage(data: bytes, *, where: str) -> Extracted:
    """Return the article text of a page and what its metadata say.

    The date is the one that the page states in its metadata; none is guessed from addresses or running text.

    Raises
    ------
    DocumentError
        If the page is in no known encoding or shows no text.
    """
    match = _DECLARED.search(data[:4096])
    decoded = decode(data, where=where, declared=match[1].decode("ascii") if match else None)
    html = _without_comments(_XML_DECLARATION.sub("", decoded.text.replace("\x00", ""), count=1))
    problems = [Problem(where, decoded.remark, needs_person=decoded.needs_person)] if decoded.remark else []
    html = _TAG_START.sub(lambda tag: "" if _is_absurd(tag[0]) else tag[0], html)
    if _depth(html) > _DEEPEST or html.count("<") > _MOST_TAGS:
        text = _flattened(html)
        problems.append(Problem(where, "too many or too deeply nested elements; all text of the page was read, menus "
                                       "included", needs_person=False))
        return _checked(Extracted(text=text, problems=tuple(problems)), where=where)
    tree = _tree(html, where=where)
    return _checked(_extract(tree, html=html, problems=tuple(problems)), where=where)


def _checked(extracted: Extracted, *, where: str) -> Extracted:
    if not extracted.text.strip():
        raise DocumentError(where, "the page shows no text", mend="save it from a browser once it has loaded")
    return extracted


def _is_absurd(tag: str) -> bool:
    return len(tag) > _MOST_ATTRIBUTES and len(tag.split(None, _MOST_ATTRIBUTES)) > _MOST_ATTRIBUTES


def _depth(html: str) -> int:
    """Return how deep the elements of a page nest, without building a tree."""
    depth = deepest = 0
    for match in _TAG.finditer(html):
        if match[3] or match[2].lower() in _FLAT:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _tree(html: str, *, where: str) -> Any:  # noqa: ANN401  lxml publishes no element type that mypy can check
    try:
        return lxml.html.document_fromstring(html)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError(where, f"not HTML: {error}", mend="save the page again") from error


def _extract(tree: Any, *, html: str, problems: tuple[Problem, ...]) -> Extracted:  # noqa: ANN401  as above
    published = _stated_date(tree)
    language = (tree.get("lang") or "")[:2].lower() or None
    _drop_hidden(tree)
    _raise_figures(tree)
    _drop_emphasis(tree)
    about: Any = trafilatura.extract_metadata(tree)
    meta = about.as_dict() if about else {}
    found: Any = trafilatura.bare_extraction(tree, include_comments=False, include_tables=True, favor_recall=True)
    article = found.as_dict() if found else {}
    text = _spaced(_RULE.sub("", article.get("text") or "") or _flattened(html))
    url = meta.get("url")
    return Extracted(text=text, title=meta.get("title"), published=published, publisher=meta.get("sitename"),
                     url=url if url and url.startswith(("http://", "https://")) else None, language=language,
                     problems=problems)


def _spaced(text: str) -> str:
    """Put an empty line between the blocks of a page, so that none is taken for a wrapped line of another.

    A line that goes on in lower case came after a line break within its block.
    """
    lines = text.split("\n")
    return lines[0] + "".join(("\n" if line[:1].islower() else "\n\n") + line for line in lines[1:])


def _drop_hidden(tree: Any) -> None:  # noqa: ANN401  as above
    for element in list(tree.iter(etree.Element)):
        hides = _HIDING.search((element.get("style") or "").lower())
        hidden = hides or element.get("hidden") is not None or element.get("aria-hidden") == "true"
        if hidden and element.getparent() is not None and element.tag not in ("html", "body"):
            element.drop_tree()


def _raise_figures(tree: Any) -> None:  # noqa: ANN401  as above
    for element in list(tree.iter("sup")):
        element.text = (element.text_content() or "").translate(_SUPERSCRIPT)
        for child in list(element):
            element.remove(child)
        element.drop_tag()


def _drop_emphasis(tree: Any) -> None:  # noqa: ANN401  as above
    """Dissolve elements that only change the look of letters: a number may be cut in three by them."""
    for element in list(tree.iter(*_EMPHASIS)):
        element.drop_tag()


def _stated_date(tree: Any) -> date | None:  # noqa: ANN401  as above
    """Return the publication date from meta elements, JSON-LD or a marked time element, in that order."""
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if name.lower() in _DATE_NAMES and (found := iso_date(element.get("content") or "")):
            return found
    for element in tree.iter("script"):
        if (element.get("type") or "").lower() == "application/ld+json" and (found := _json_date(element.text or "")):
            return found
    for element in tree.iter("time"):
        marked = element.get("itemprop") == "datePublished" or element.get("pubdate") is not None
        if marked and (found := iso_date(element.get("datetime") or "")):
            return found
    return None


def _json_date(script: str) -> date | None:
    if len(script) > _LONGEST_SCRIPT:
        return None
    try:
        content = json.loads(script)
    except (ValueError, RecursionError):
        return None
    return next(_published_in(content), None)


def _published_in(content: object, *, level: int = 0) -> Iterator[date]:
    if level > _DEEPEST_JSON:
        return
    if isinstance(content, dict):
        stated = content.get("datePublished")
        if isinstance(stated, str) and (found := iso_date(stated)):
            yield found
        for value in content.values():
            yield from _published_in(value, level=level + 1)
    elif isinstance(content, list):
        for value in content:
            yield from _published_in(value, level=level + 1)


def _without_comments(html: str) -> str:
    """Drop comments; one that is not closed hides the rest, as in a browser."""
    pieces = []
    last = 0
    while (start := html.find("<!--", last)) >= 0:
        pieces.append(html[last:start])
        end = html.find("-->", start + 4)
        last = len(html) if end < 0 else end + 3
    pieces.append(html[last:])
    return "".join(pieces)


def _flattened(html: str) -> str:
    """Return the visible text of a page without building a tree, so that no depth can matter."""
    pieces: list[str] = []
    silent: list[str] = []
    raised = last = 0
    for tag in _TAG.finditer(html):
        pieces.append(_shown(html[last:tag.start()], silent=silent, raised=raised))
        last = tag.end()
        name = tag[2].lower()
        _track_silence(tag, name, silent=silent)
        if name == "sup":
            raised = 0 if tag[1] else 1
        pieces.append("\n" if name in _BLOCKS else " " if name in ("td", "th") else "")
    pieces.append(_shown(html[last:], silent=silent, raised=raised))
    return _BLANK.sub("\n", "".join(pieces)).strip()


def _shown(text: str, *, silent: list[str], raised: int) -> str:
    if silent:
        return ""
    plain = _WHITE.sub(" ", unescape(text))
    return plain.translate(_SUPERSCRIPT) if raised else plain


def _track_silence(tag: re.Match[str], name: str, *, silent: list[str]) -> None:
    """Keep the stack of open elements from the outermost one that is not shown."""
    if silent and silent[-1] in _RAW and name != silent[-1]:
        return
    if tag[1]:
        if silent and silent[-1] == name:
            silent.pop()
    elif not tag[3] and name not in _FLAT and (silent or name in _SILENT or _HIDDEN_TAG.search(tag[0])):
        silent.append(name)
