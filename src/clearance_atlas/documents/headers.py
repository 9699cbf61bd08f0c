"""What a text says about itself: the header of our own form, or the date line of a newspaper text.

A header is a block of ``key: value`` lines between two lines ``---`` at the very top::

    ---
    url: https://example.org/bulletin
    publisher: Example News
    published: 2024-07-08
    language: en
    ---
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from clearance_atlas.model import DocumentKind, Problem

KEYS = ("url", "publisher", "published", "language", "source_language", "kind", "title")

_FENCE = re.compile(r"\ufeff?[ \t]*---[ \t]*\r?\n")
_CLOSING = re.compile(r"^---[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_FIELD = re.compile(r"([A-Za-z_]+)[ \t]*:[ \t]*(.*)")
_DATE_LINE = re.compile(r"\s*date (\d{4}-\d\d-\d\d)(?!\d)[ \t]*")
_MONTH_LINE = re.compile(r"\s*date (?:19|20)\d\d-[01]\d(?![\d-])[ \t]*")
_HEADING = re.compile(r"\s*# +([^\n]{1,300})")
_LONGEST_HEADER = 8000
_TOP, _BYLINES = 2000, 12
_YEAR = re.compile(r"20\d\d")
_LONGEST_BYLINE = 80
_FOOT = 300
# The last line of a press clipping (year, day, page) or of a page (its date), and the date that Sputnik's pages
# print below their picture.
_IMPRINT = re.compile(r"[-–] ?20\d\d\.? ?[-–] ?\d{1,2} [^\W\d_]{3,12}\.? ?[-–] ?[SsСсCc]\. ?\d"
                      r"|\b(?:[Tt]arix|[Tt]arih|[Дд]ата) ?: ?\d")
_CAPTION = re.compile(r"Sputnik[^\n]{0,40}, (?:1920, )?(\d\d\.\d\d\.20\d\d)$", re.MULTILINE)
# City, day and agency before the first sentence: "Baku/17.09.22/Turan: ...".
_CITY_LINE = re.compile(r"^[^\W\d_]{3,20} ?/ ?(\d{1,2}\.\d{1,2})\.(?:20)?(\d\d) ?/ ?(?=[^\W\d_])", re.MULTILINE)
# The number under which the news exchange MENAFN keeps an article: its first digits are the day.
_EXCHANGE = re.compile(r"\bMENAFN(\d\d)(\d\d)(20\d\d)\d{4,}")
_LABELLED = re.compile(r"^date (20\d\d-\d\d-\d\d)(?!\d)", re.MULTILINE)
_LONGEST_OTHERS = 40
_OTHERS = re.compile(
    r"(?:related|read (?:also|more)|most (?:read|popular)|latest news|more news|you may also|other news"
    r"|последние (?:от|новост|материал)|лента новост|читайте также|другие новости|(?:новости|материалы|еще) по теме"
    r"|по теме|похожие|самое читаемое|популярн|смотрите также"
    r"|diğer haber|haftanın öne|ilginizi çek|benzer haber|son haber|çok okunan|öne çıkan"
    r"|oxşar xəbər|digər xəbər|son xəbər|ən çox oxunan|həmçinin oxu)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """What the top of a text says about it; ``body`` is where the text itself begins, in code points."""

    body: int = 0
    fields: dict[str, str] = field(default_factory=dict)
    published: date | None = None
    published_source: str | None = None
    kind: DocumentKind = DocumentKind.REPORT
    problems: tuple[Problem, ...] = ()


def read_heading(text: str, *, where: str) -> Heading:
    """Read the header of a text, or else its date line.

    Faults of a header (a key it does not know, a value that does not fit) are problems, the rest is used.

    >>> read_heading(" date 2022-07-25 25 July 2022 16:30", where="a.txt").published
    datetime.date(2022, 7, 25)
    """
    opening = _FENCE.match(text)
    heading = Heading() if opening is None else _read_header(text, opening.end(), where=where)
    if heading.published is not None or "published" in heading.fields:
        return heading
    return _read_date_line(text, heading)


def markdown_title(text: str, *, start: int) -> str | None:
    """Return the first heading of a Markdown text that opens it, without its ``#``."""
    match = _HEADING.match(text, start)
    return match[1].strip() if match else None


def _read_header(text: str, start: int, *, where: str) -> Heading:
    closing = _CLOSING.search(text, start, start + _LONGEST_HEADER)
    if closing is None:
        return Heading(problems=(Problem(where, "the header is not closed", "add a line --- after it"),))
    fields: dict[str, str] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text[start:closing.start()].splitlines(), start=2):
        match = _FIELD.fullmatch(line.strip())
        if match and match[1].lower() in KEYS:
            fields[match[1].lower()] = match[2].strip().strip("\"'")
        elif line.strip():
            problems.append(Problem(f"{where}:{number}", f"not a header field: {line.strip()[:60]!r}",
                                    f"use one of {', '.join(KEYS)}"))
    return _checked(Heading(body=closing.end(), fields={k: v for k, v in fields.items() if v}), problems, where=where)


def _checked(heading: Heading, problems: list[Problem], *, where: str) -> Heading:
    published, source, kind = None, None, DocumentKind.REPORT
    fields = heading.fields
    if "published" in fields:
        published = iso_date(fields["published"])
        source = "header" if published else None
        if published is None:
            problems.append(Problem(where, f"published {fields['published']!r} is no day of the calendar",
                                    "write it as 2024-07-08"))
    if "kind" in fields:
        if fields["kind"] in list(DocumentKind):
            kind = DocumentKind(fields["kind"])
        else:
            problems.append(Problem(where, f"unknown kind {fields['kind']!r}", "write report or abstract"))
    return replace(heading, published=published, published_source=source, kind=kind, problems=tuple(problems))


def _read_date_line(text: str, heading: Heading) -> Heading:
    match = _DATE_LINE.match(text, heading.body)
    if match and (published := iso_date(match[1])):
        return replace(heading, body=match.end(), published=published, published_source="byline")
    month = _MONTH_LINE.match(text, heading.body)
    return replace(heading, body=month.end()) if month else heading


def byline_date(cleaned: str) -> date | None:
    """Return the date of a line near the top of a cleaned text that is a full date and nothing else but a time.

    A line that goes on after "date 2024-07-08" tells it too, and so does the number of a news exchange.

    >>> byline_date("Barda/05.03.23/Herald: From 27 February to 4 March sappers lifted 31 mines.")
    datetime.date(2023, 3, 5)
    """
    labelled = _LABELLED.search(cleaned, 0, _TOP)
    if labelled and (published := iso_date(labelled[1])):
        return published
    lines = [line for line in cleaned[:_TOP].split("\n") if line][:_BYLINES]
    lines = [line for line in _own_lines(lines) if len(line) <= _LONGEST_BYLINE and _YEAR.search(line)]
    end = [line for line in cleaned[-_FOOT:].split("\n") if _IMPRINT.search(line)]
    caption = _CAPTION.search(cleaned, 0, _TOP)
    if (stamp := _EXCHANGE.search(cleaned)) and (published := iso_date(f"{stamp[3]}-{stamp[2]}-{stamp[1]}")):
        return published
    city = _CITY_LINE.search(cleaned, 0, _TOP)
    if not lines and not end and caption is None and city is None:
        return None
    from clearance_atlas.documents.dates import date_of_line  # noqa: PLC0415  loads the calendars only when needed

    told = [*([caption[1]] if caption else []), *([f"{city[1]}.20{city[2]}"] if city else [])]
    for line in (*lines, *end, *told):
        if published := date_of_line(line):
            return published
    return None


def _own_lines(lines: list[str]) -> list[str]:
    """Return the lines before the headings of other articles, which have dates of their own."""
    for at, line in enumerate(lines):
        if at and len(line) <= _LONGEST_OTHERS and _OTHERS.match(line) and max(map(len, lines[:at])) > _LONGEST_BYLINE:
            return lines[:at]
    return lines


def iso_date(text: str) -> date | None:
    """Return the day that an ISO 8601 date or time names, or ``None``.

    >>> iso_date("2024-07-08T17:42:00+04:00")
    datetime.date(2024, 7, 8)
    >>> iso_date("2024-02-30") is None
    True
    """
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
