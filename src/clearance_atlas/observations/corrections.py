"""Corrections: what a person has settled, kept as data with a reason, a source and a guard.

A corrections file is TOML, one ``[[correction]]`` table each::

    [[correction]]
    document = "2023-08-22-azernews"      # which document
    measure = "area_cleared"              # which figure of it: measure and the number as printed,
    figure = "453,900"                    # and ``words`` of its sentence where the same number stands twice
    expect = 453900                       # what it is read as; the build stops when that no longer holds
    value = 453.9                         # what it becomes; or action = "drop", or action = "accept"
    reason = "A misplaced point: the other outlet prints 453.9 and the weeks around it 300 to 600."
    source = "https://..."                # who published the better figure

``period`` (``start``, ``end``, ``kind``), ``operator``, and ``places`` with ``place_codes`` may be given as well.
``accept`` keeps a figure and takes its doubt away. A number is found again by document, measure and print, so that a
correction survives new documents and other sentences, and stops holding when its own sentence changes.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from clearance_atlas.errors import CorrectionError
from clearance_atlas.model import Flag, Measure, Period, PeriodKind, PlaceScope, Statement
from clearance_atlas.observations.periods import is_reversed, parse_day
from clearance_atlas.units import to_hectares

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from clearance_atlas.places import Gazetteer

ACTIONS = ("drop", "accept")
_HEAD = re.compile(r"^[ \t]*\[\[[ \t]*correction[ \t]*\]\]", re.MULTILINE)
_PLACE_IN_FILE = re.compile(r"\(at line (\d+), column (\d+)\)")
_KEYS = frozenset({"document", "statement", "measure", "figure", "words", "expect", "value", "action", "period",
                   "operator", "places", "place_codes", "reason", "source"})
_DOUBTS = frozenset({Flag.SUSPECT_VALUE, Flag.SUSPECT_PERIOD, Flag.SUM_MISMATCH})


@dataclass(frozen=True, slots=True)
class Correction:
    """One settled question; ``where`` is the file and line that a message names.

    ``shipped`` corrections belong to the bulletins of the package and rest when their document is not read.
    """

    where: str
    document: str
    expect: Decimal
    reason: str
    source: str
    statement: str | None = None
    measure: Measure | None = None
    figure: str | None = None
    words: str | None = None
    value: Decimal | None = None
    action: str | None = None
    period: Period | None = None
    operator: str | None = None
    places: tuple[str, ...] | None = None
    place_codes: tuple[str, ...] | None = None
    shipped: bool = False


@dataclass(frozen=True, slots=True)
class Corrected:
    """Statements with the corrections laid over; a note for each one changed; those accepted as they stand."""

    statements: tuple[Statement, ...]
    notes: Mapping[str, str]
    accepted: frozenset[str]


def load_corrections(path: Path, *, shipped: bool = False) -> tuple[Correction, ...]:
    """Read a corrections file.

    Parameters
    ----------
    path
        The TOML file.
    shipped
        Whether the file comes with the package, see `Correction`.

    Raises
    ------
    CorrectionError
        If the file cannot be read or is not TOML (with line and column), or a correction lacks a field (with its
        line).
    """
    try:
        text = path.read_text("utf-8-sig")
        raw = tomllib.loads(text, parse_float=Decimal)
    except (OSError, UnicodeDecodeError) as error:
        raise CorrectionError(str(path), f"cannot be read: {error}", mend="save it as a UTF-8 text file") from error
    except tomllib.TOMLDecodeError as error:
        found = _PLACE_IN_FILE.search(str(error))
        where = f"{path}:{found[1]}:{found[2]}" if found else str(path)
        raise CorrectionError(where, f"not TOML: {error}", mend="correct the place named") from error
    lines = [text.count("\n", 0, head.start()) + 1 for head in _HEAD.finditer(text)]
    entries = raw.get("correction", [])
    if set(raw) - {"correction"} or not isinstance(entries, list):
        raise CorrectionError(str(path), "holds something else than [[correction]] tables",
                              mend="head each correction [[correction]]")
    lines += [0] * (len(entries) - len(lines))
    return tuple(
        _correction(entry, where=f"{path}:{line}" if line else str(path), shipped=shipped)
        for entry, line in zip(entries, lines, strict=False)
    )


def check_names(corrections: Iterable[Correction], *, gazetteer: Gazetteer, operators: Collection[str]) -> None:
    """Check that places and operators given by corrections exist.

    Raises
    ------
    CorrectionError
        If a code is in no gazetteer, a name is not that of its code, or the operator is not one of ``operators``.
    """
    for one in corrections:
        for name, code in zip(one.places or (), one.place_codes or (), strict=True):
            if code not in gazetteer:
                raise CorrectionError(one.where, f"no place has the code {code}", mend="use a code of the gazetteer")
            if name != gazetteer.place(code).name_en:
                raise CorrectionError(one.where, f"{code} is {gazetteer.place(code).name_en}, not {name}",
                                      mend="name the places as the gazetteer does")
        if one.operator is not None and one.operator not in operators:
            raise CorrectionError(one.where, f"no operator {one.operator}",
                                  mend=f"operators: {', '.join(sorted(operators))}")


def lay_over(shipped: Sequence[Correction], own: Sequence[Correction]) -> tuple[Correction, ...]:
    """Lay a user's corrections over the shipped ones: the user's replaces a shipped one for the same figure."""
    taken = {_locator(one) for one in own}
    return (*(one for one in shipped if _locator(one) not in taken), *own)


def _locator(one: Correction) -> tuple[object, ...]:
    return (one.document, one.measure, one.figure) if one.figure else (one.document, one.statement)


def _correction(entry: dict[str, Any], *, where: str, shipped: bool) -> Correction:
    unknown = sorted(set(entry) - _KEYS)
    missing = [key for key in ("document", "expect", "reason", "source") if not entry.get(key, "") and
               entry.get(key) != 0]
    if unknown or missing:
        what = f"unknown field {', '.join(unknown)}" if unknown else f"no {', '.join(missing)}"
        raise CorrectionError(where, f"correction with {what}", mend=f"fields: {', '.join(sorted(_KEYS))}")
    if not (entry.get("statement") or (entry.get("measure") and entry.get("figure"))):
        raise CorrectionError(where, "correction names no figure", mend="give measure and figure, or statement")
    if not _KEYS & {"value", "action", "period", "operator", "places"} & set(entry):
        raise CorrectionError(where, "correction changes nothing", mend='give value, or action = "drop" or "accept"')
    if entry.get("action", ACTIONS[0]) not in ACTIONS:
        raise CorrectionError(where, f"unknown action {entry['action']!r}", mend=f"actions: {', '.join(ACTIONS)}")
    try:
        return _record(entry, where=where, shipped=shipped)
    except (ValueError, TypeError, ArithmeticError, AttributeError) as error:
        raise CorrectionError(where, f"correction with a field of the wrong form: {error}",
                              mend="compare with the head of geodata/corrections.toml") from error


def _record(entry: dict[str, Any], *, where: str, shipped: bool) -> Correction:
    def text(key: str) -> str | None:
        return str(entry[key]) if key in entry else None

    found = Correction(
        where=where, document=str(entry["document"]), expect=Decimal(entry["expect"]), reason=str(entry["reason"]),
        source=str(entry["source"]), statement=text("statement"), figure=text("figure"), words=text("words"),
        measure=Measure(entry["measure"]) if "measure" in entry else None,
        value=Decimal(entry["value"]) if "value" in entry else None, action=text("action"),
        operator=text("operator"), period=_period(entry["period"]) if "period" in entry else None,
        places=tuple(entry["places"]) if "places" in entry else None,
        place_codes=tuple(entry["place_codes"]) if "place_codes" in entry else None, shipped=shipped,
    )
    if not found.expect.is_finite() or not (found.value or found.expect).is_finite():
        raise ValueError("expect and value must be numbers")
    if found.value is not None and found.value < 0:
        raise ValueError(f"the value {found.value} is negative")
    if found.period is not None and is_reversed(found.period):
        raise ValueError(f"the period {found.period.start} to {found.period.end} ends before it starts")
    if len(found.places or ()) != len(found.place_codes or ()):
        raise ValueError("places and place_codes must name the same places")
    return found


def _period(entry: dict[str, Any]) -> Period:
    start, end = (str(entry[key]) if key in entry else None for key in ("start", "end"))
    for day in (start, end):
        if day is not None and not day.startswith("XXXX-") and parse_day(day) is None:
            raise ValueError(f"{day} is no day of the calendar")
    return Period(start, end, PeriodKind(entry["kind"]))


def figure_text(statement: Statement) -> str:
    """Return the number of a statement as printed."""
    evidence = statement.evidence
    return evidence.text[evidence.figure_start - evidence.start:evidence.figure_end - evidence.start]


def apply_corrections(
    statements: Iterable[Statement], *, corrections: Sequence[Correction], present: Iterable[str] = ()
) -> Corrected:
    """Lay corrections over statements.

    Parameters
    ----------
    statements
        Everything that was read.
    corrections
        What has been settled.
    present
        The documents that were read, those without a statement included.

    Raises
    ------
    CorrectionError
        If a correction matches nothing, matches several different figures, no longer finds what it expects, or if
        two corrections settle one figure. The message names the file and the line.
    """
    known = list(statements)
    by_document: dict[str, list[Statement]] = defaultdict(list)
    for one in known if corrections else ():
        by_document[one.document_id].append(one)
    read = {*by_document, *present}
    changes: dict[str, Correction] = {}
    for correction in corrections:
        if correction.shipped and correction.document not in read:
            continue
        for one in _matches(correction, by_document.get(correction.document, ())):
            if one.statement_id in changes:
                raise CorrectionError(correction.where, f"a second correction for {one.statement_id}, after "
                                      f"{changes[one.statement_id].where}", mend="keep one of the two")
            changes[one.statement_id] = correction
    return Corrected(
        statements=tuple(_changed(one, changes.get(one.statement_id)) for one in known
                         if one.statement_id not in changes or changes[one.statement_id].action != "drop"),
        notes={name: _note(one) for name, one in changes.items()},
        accepted=frozenset(name for name, one in changes.items() if one.action != "drop"),
    )


def _matches(correction: Correction, statements: Iterable[Statement]) -> list[Statement]:
    """Return the statements that a correction means: one figure, perhaps printed twice."""
    found = [one for one in statements if _fits(one, correction)]
    if not found:
        raise CorrectionError(correction.where, f"correction for {correction.document} matches no figure "
                              f"({correction.measure or correction.statement} {correction.figure or ''})".rstrip(),
                              mend="its text has changed: read it again and mend or remove the correction")
    facts = {(one.measure, one.value, one.period, one.place_codes, one.operator) for one in found}
    named = [one for one in found if one.statement_id == correction.statement]
    if len(facts) > 1 and not named:
        raise CorrectionError(correction.where, f"correction fits {len(found)} different figures of "
                              f"{correction.document}", mend="add words of its sentence, or the statement")
    chosen = found if len(facts) == 1 else named
    for one in chosen:
        if one.value != correction.expect:
            raise CorrectionError(correction.where, f"expects {correction.expect}, but {one.statement_id} now says "
                                  f"{one.value}", mend="read the document again and mend or remove the correction")
    return chosen


def _fits(statement: Statement, correction: Correction) -> bool:
    if correction.figure is None:
        return statement.statement_id == correction.statement
    return (
        (correction.measure is None or statement.measure is correction.measure)
        and _plain(figure_text(statement)) == _plain(correction.figure)
        and (correction.words is None or _plain(correction.words) in _plain(statement.evidence.text))
    )


def _plain(text: str) -> str:
    return " ".join(text.split())


def _changed(statement: Statement, correction: Correction | None) -> Statement:
    if correction is None:
        return statement
    value = statement.value if correction.value is None else correction.value
    changed = replace(
        statement, value=value, area_ha=to_hectares(value, unit=statement.unit),
        period=correction.period or statement.period, operator=correction.operator or statement.operator,
        flags=tuple(flag for flag in statement.flags if flag not in _DOUBTS),
    )
    if correction.places is None or correction.place_codes is None:
        return changed
    count = len(correction.places)
    scope = PlaceScope.NATIONAL if not count else PlaceScope.DISTRICT if count == 1 else PlaceScope.GROUP
    return replace(changed, places=correction.places, place_codes=correction.place_codes, place_scope=scope)


def _note(correction: Correction) -> str:
    told = "accepted as printed" if correction.action == "accept" else "corrected"
    if correction.value is not None:
        told = f"corrected from {correction.expect:,} to {correction.value:,}"
    return f"{told}: {correction.reason} ({correction.source})"


def correction_locator(statement: Statement) -> str:
    """Return the head of a correction for a statement: the locator and the guard, without what it changes."""
    lines = ["[[correction]]", f"document = {_toml(statement.document_id)}",
             f"statement = {_toml(statement.statement_id)}", f"measure = {_toml(statement.measure.value)}",
             f"figure = {_toml(figure_text(statement))}", f"words = {_toml(_plain(statement.evidence.text))}",
             f"expect = {statement.value:f}"]
    return "\n".join(lines) + "\n"


def correction_stub(statement: Statement) -> str:
    """Return the TOML block of a correction for a statement, its locator filled in, for a person to complete.

    The block changes nothing as it stands: the new value repeats the old one, reason and source are empty, and an
    empty reason does not load.
    """
    value = f'value = {statement.value:f}  # the right figure; or action = "drop"'
    return f'{correction_locator(statement)}{value}\nreason = ""\nsource = ""\n'


def _toml(text: str) -> str:
    """Quote text as a TOML basic string, which JSON's escapes fit."""
    return json.dumps(text.encode("utf-8", "replace").decode("utf-8"), ensure_ascii=False).replace("\x7f", "\\u007f")
