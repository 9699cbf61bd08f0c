# ruff: noqa: INP001 -- a program beside the pages
"""Write ``commands.md``, ``data-dictionary.md`` and ``python.md`` anew from the code that they describe."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from typer.models import ArgumentInfo

import clearance_atlas
from clearance_atlas import cli
from clearance_atlas.config import load_profile
from clearance_atlas.exports.schema import DISTRICTS, OBSERVATIONS, STATEMENTS, Column
from clearance_atlas.model import Flag, Measure, Period, PeriodKind
from clearance_atlas.observations import period_id

FOLDER = Path(__file__).parent
REFRESH = "python docs/generate.py"
COMMANDS_HEAD = f"""# Commands

What `clearance-atlas COMMAND --help` prints. Written by `{REFRESH}`.

Results go to stdout, all else to stderr. On a terminal long work shows a bar; in a pipe, with `NO_COLOR` or with
`--quiet` output is plain. `clearance-atlas --install-completion` completes commands and options in your shell.

| exit status | meaning |
|---|---|
| 0 | Done. What is printed beside the result is only said: a conflict that a rule decided, a value far from its neighbours, a file without a figure. |
| 1 | Done, and something needs a person, each thing one line: a file or sentence that could not be read, a place that no gazetteer has, a figure without a period, a conflict that no rule decided. |
| 2 | Nothing done: an argument, a correction or a boundary file cannot be used, there is no bulletin, or the place cannot be written. |

An *abstract* (`kind: abstract`, as all shipped bulletins are; a table whose rows name their outlet counts as one) was
written by a person who had the reports before them: its undated figures and conflicts among abstracts alone are said
and listed on the review page, and the status stays 0.
The shipped record has such open conflicts, and builds with 0; the first report of your own that contradicts it
gives 1.
"""  # noqa: E501 - rows of a table
DICTIONARY_HEAD = f"""# Data dictionary

Written by `{REFRESH}` from the code. Dates are ISO 8601; days are included at both ends; text is UTF-8.
"""
TABLES = """Of the data package, and of `export --format csv` or `parquet`. Lists in a cell are separated by `|`.
`codebook.csv` says the same for machines.
"""
PYTHON_HEAD = f"""# Python reference

Every verb of the pipeline is a function of `clearance_atlas`; records go between them, frames come out at the edges.
Written by `{REFRESH}` from the docstrings. A name is imported when it is first used, so that reading
bulletins never waits for maps.

| errors | when |
|---|---|
| `InputError` (a `ValueError`) | a file or argument cannot be used: `DocumentError`, `LexiconError`, `CorrectionError`, `BoundaryError` |
| `UnknownNameError` (a `LookupError`) | no such period, measure, place or profile; the nearest is named |
| `OutputError` (an `OSError`) | a place cannot be written; what was there before stays whole |

All are `ClearanceAtlasError` of `clearance_atlas.errors`; the message is one line: where, what, how to mend it.
"""  # noqa: E501 - rows of a table

MEASURES = {
    Measure.AREA_CLEARED: ("ha", "Area reported as cleared (searched or handed over), not IMAS cleared land"),
    Measure.AP_MINES: ("items", "Anti-personnel mines found"),
    Measure.AT_MINES: ("items", "Anti-tank mines found, as published; IMAS says anti-vehicle"),
    Measure.UXO: ("items", "Unexploded ordnance found"),
    Measure.MINES_TOTAL: ("items", "Mines found, class not said"),
    Measure.ORDNANCE_TOTAL: ("items", "Mines and unexploded ordnance in one figure"),
    Measure.SUBMUNITIONS: ("items", "Submunitions of cluster munitions found"),
    Measure.KILLED: ("people", "Killed; never shaded by district"),
    Measure.INJURED: ("people", "Injured; never shaded by district"),
    Measure.CASUALTIES: ("people", "Killed and injured; never shaded by district"),
    Measure.MINES_MAPPED: ("items", "Mines on records that were handed over; these were laid, not found"),
    Measure.AREA_SURVEYED: ("ha", "Area surveyed, inspected or checked"),
    Measure.OTHER: ("items", "Another figure of mine action; `item` says what. Only in the exports"),
}
FLAGS = {
    Flag.RESTATES: "a total given again beside its parts; counted once",
    Flag.SUBSET: "a part of a figure in the same report; not drawn",
    Flag.PLANNED: "planned, not done; not drawn",
    Flag.ORDERED: "ordered by somebody, not done; not drawn",
    Flag.SURVEYED: "surveyed ground, not cleared",
    Flag.SUSPECT_VALUE: "the number is probably wrong as printed",
    Flag.SUSPECT_PERIOD: "the dates are probably wrong as printed",
    Flag.SUM_MISMATCH: "parts and total of one report do not add up",
    Flag.YEAR_INFERRED: "the year follows from other reports, not from this one",
    Flag.UNMATCHED_PLACE: "a place that the gazetteer does not know",
}
PERIODS = (
    (Period("2024-07-01", "2024-07-01", PeriodKind.DAY), "one day"),
    (Period("2024-07-01", "2024-07-07", PeriodKind.WEEK), "a week of five to eight days, by its first day"),
    (Period("2024-08-01", "2024-08-31", PeriodKind.MONTH), "a calendar month"),
    (Period("2024-01-01", "2024-03-31", PeriodKind.QUARTER), "a quarter"),
    (Period("2024-01-01", "2024-06-30", PeriodKind.HALF), "half a year"),
    (Period("2025-01-01", "2025-12-31", PeriodKind.YEAR), "a year"),
    (Period("2022-02-01", "2022-02-14", PeriodKind.CUSTOM), "any other span"),
    (Period(None, "2025-07-31", PeriodKind.CUMULATIVE), "a state to date, never a flow"),
)
RECORD = {
    "document_id": "The bulletin: its file name without the ending",
    "statement_id": "`document_id#n`, stable while the text is",
    "measure": "See above",
    "value": "The number as stated, word multipliers applied (5 thousand is 5000)",
    "unit": "`ha km2 m2 items people percent`",
    "area_ha": "Areas in hectares, else null",
    "qualifier": "`exact over about under`",
    "period": "`start`, `end`: ISO dates, `XXXX-06-03` where the year stays open (ISO 8601-2), or null; `kind`: `day "
              "week month quarter half year custom cumulative` or null; `year_source`: `text publication inferred` or "
              "null",
    "operator": "Whose work it is, by the codes of the profile (`ANAMA`, `MoD`, `all operators`, ...), or null",
    "place_scope": "`district`, `group` (one joint figure) or `national`",
    "places": "English names of the districts that the figure covers jointly; empty when national",
    "place_codes": "Their codes in the same order: ISO 3166-2, or `X-AZ-AGHDARA`",
    "places_as_published": "The spellings found",
    "role": "`news`, or `background` (an older fact repeated)",
    "flags": "See below",
    "breakdown": "`operator district land_use subgroup` where the figure is one part of a split total, else null",
    "category": "Which part of the split, or of whom, else null",
    "item": "What is counted where the measure is `other`, else null",
    "rule": "Name of the rule that read it",
    "evidence": "`text`: the whole sentence or table row; `start`, `end`: its code points in the text as published; "
                "`figure`: those of the number itself. `document.text[start:end] == text` always",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument or option of a command, as declared."""

    is_option: bool
    shown: str
    default: str
    help: str


def commands_page() -> str:
    """Return the reference of all commands, from the declarations that ``--help`` prints."""
    parts = [COMMANDS_HEAD]
    for command in cli.app.registered_commands:
        callback: Any = command.callback
        known = list(_parameters(callback))
        arguments = [one for one in known if not one.is_option]
        usage = " ".join(["clearance-atlas", callback.__name__, "[OPTIONS]", *(one.shown for one in arguments)])
        parts += [f"\n## {callback.__name__}\n", f"{inspect.getdoc(callback)}\n", f"```text\n{usage}\n```\n",
                  _table(("argument", "meaning"), [(f"`{one.shown}`", one.help) for one in arguments]),
                  _table(("option", "default", "meaning"),
                         [(f"`{one.shown}`", one.default, one.help) for one in known if one.is_option]),
                  f"```text\n{(command.epilog or '').removeprefix('Example: ')}\n```\n"]
    return "\n".join(part for part in parts if part)


def _parameters(callback: Callable[..., None]) -> Iterator[Parameter]:
    hints = get_type_hints(callback, include_extras=True)
    for name, parameter in inspect.signature(callback).parameters.items():
        kind, info = get_args(hints[name])
        required = parameter.default is inspect.Parameter.empty
        meaning = info.help or ""
        if isinstance(info, ArgumentInfo):
            shown = info.metavar or name.upper()
            yield Parameter(False, shown if required or shown.startswith("[") else f"[{shown}]", "", meaning)
            continue
        # In an annotation typer keeps the first name of an option where its default would stand.
        flag = ", ".join(str(one) for one in (info.default, *(info.param_decls or ())) if str(one).startswith("-"))
        value = "" if kind is bool else f" {info.metavar or _values(kind)}"
        yield Parameter(True, flag + value, _default(parameter.default), meaning)


def _values(kind: Any) -> str:  # noqa: ANN401 - any annotation
    """Return what an option takes: its choices, or the name of its type."""
    if get_origin(kind) is UnionType:
        kind = next(one for one in get_args(kind) if one is not NoneType)
    if issubclass(kind, Enum):
        return "|".join(one.value for one in kind)
    return "FILE" if kind is Path else {int: "NUMBER", str: "NAME"}[kind]


def _default(value: object) -> str:
    if value is None or isinstance(value, bool):
        return ""
    return f"`{value.value if isinstance(value, Enum) else value}`"


def dictionary_page() -> str:
    """Return the meaning of every field of every record and table."""
    operators = [(f"`{one.code}`", one.names.get("en", "")) for one in load_profile().operators]
    codebook = [part for title, columns in (("observations.csv", OBSERVATIONS), ("statements.csv", STATEMENTS),
                                            ("districts.csv", DISTRICTS))
                for part in (f"### {title}\n", _columns(columns))]
    return "\n".join([
        DICTIONARY_HEAD,
        "## Measures\n", _table(("measure", "unit", "meaning"),
                                [(f"`{one}`", *MEASURES[one]) for one in Measure]),
        "## Periods\n", _table(("name", "meaning"), [(f"`{period_id(one)}`", what) for one, what in PERIODS]),
        "## Operators\n", "Figures of different operators are never added.\n", _table(("code", "name"), operators),
        "## Flags\n", _table(("flag", "meaning"), [(f"`{one}`", FLAGS[one]) for one in Flag]),
        "## Statement record\n", "One JSON object a line in `extract --format jsonl` and `data/statements.jsonl`.\n",
        _table(("field", "meaning"), [(f"`{name}`", what) for name, what in RECORD.items()]),
        "## Tables\n", TABLES, *codebook,
    ])


def python_page() -> str:
    """Return signature and docstring of every public name."""
    parts = [PYTHON_HEAD]
    for name in clearance_atlas.__all__:
        one = getattr(clearance_atlas, name)
        if not callable(one):
            continue
        parts += [f"\n## {name}\n", f"```text\n{_signature(one)}\n\n{inspect.getdoc(one)}\n```\n"]
    return "\n".join(parts)


def _signature(one: Callable[..., object]) -> str:
    """Return a signature with one parameter a line, the same whatever Python prints it."""
    lines, keyword_only = [], False
    for name, parameter in inspect.signature(one).parameters.items():
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY and not keyword_only:
            lines.append("    *,")
            keyword_only = True
        value = parameter.default
        default = "" if value is inspect.Parameter.empty else f" = {_shown(value)}"
        lines.append(f"    {name}: {parameter.annotation}{default},")
    return "\n".join([f"{one.__name__}(", *lines, ")"])


def _shown(value: object) -> str:
    if isinstance(value, tuple) and value:
        return f"({', '.join(_shown(one) for one in value)},)"
    if callable(value):
        return "..."
    return repr(value.value if isinstance(value, Enum) else str(value) if isinstance(value, Path) else value)


def _columns(columns: tuple[Column, ...]) -> str:
    return _table(("column", "type", "unit", "meaning"),
                  [(f"`{one.name}`", one.type + (", required" if one.required else ""), one.unit, one.meaning)
                   for one in columns])


def _table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    if not rows:
        return ""
    lines = [header, ("---",) * len(header), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


PAGES = {"commands.md": commands_page, "data-dictionary.md": dictionary_page, "python.md": python_page}

if __name__ == "__main__":
    for page_name, page in PAGES.items():
        (FOLDER / page_name).write_text(page(), "utf-8")
