"""The labelled bulletins themselves: a wrong label would teach the reader a wrong lesson."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
GAZETTEER = HERE.parents[1] / "geodata" / "gazetteer.csv"
PARTS = ("labelled", "blind", "unseen")
GOLD = sorted(path for part in PARTS for path in HERE.glob(f"{part}/gold/*.json"))

MEASURES = {
    "area_cleared": {"ha", "km2", "m2"},
    "ap_mines": {"items"},
    "at_mines": {"items"},
    "uxo": {"items"},
    "mines_total": {"items"},
    "ordnance_total": {"items"},
    "mines_mapped": {"items"},
    "killed": {"people"},
    "injured": {"people"},
    "casualties": {"people"},
    "other": {"ha", "km2", "m2", "items", "people", "percent"},
}
HECTARES = {"ha": 1.0, "km2": 100.0, "m2": 1e-4}
KINDS = {None, "day", "week", "month", "quarter", "half", "year", "custom", "cumulative"}
YEAR_SOURCES = {None, "text", "dateline", "inferred", "external", "none"}
FACT_KEYS = {
    "measure", "value", "unit", "value_ha", "qualifier", "period", "agency", "districts", "scope_text", "figure",
    "restates", "subset", "background", "planned", "suspect", "suspect_period", "intended_value", "ambiguous", "note",
    "breakdown", "subgroup", "item", "districts_partial",
}  # fmt: skip
THOUSAND = re.compile(r"\b(?:min(?:[eə]|d[eə]n)?|bin|тыс(?:яч\w*)?|thousand)\b\.?", re.IGNORECASE)
MILLION = re.compile(r"\b(?:milyon|млн|million)\b\.?", re.IGNORECASE)
NUMBER_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "thirteen": 13, "fourteen": 14, "fifteen": 15, "a thousand": 1000, "twenty-two": 22,
    "forty-one": 41, "sixty-nine point two thousand": 69200, "one million": 1_000_000,
    "bir": 1, "iki": 2, "üç": 3, "dörd": 4, "beş": 5, "altı": 6, "yeddi": 7,
    "iyirmi bir": 21, "dört": 4, "yüz": 100, "bin 861": 1861,
    "один": 1, "одна": 1, "одну": 1, "двое": 2, "две": 2, "два": 2, "трое": 3, "три": 3, "четверо": 4, "пять": 5,
    "семь": 7, "девять": 9, "тысячи": 1000,
}  # fmt: skip


def _load(path: Path) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return gold


def _text(path: Path) -> str:
    return (path.parents[1] / "texts" / f"{path.stem}.txt").read_text("utf-8")


def _plain_readings(figure: str) -> set[float]:
    """All values that a printed number may stand for: separators group thousands or begin the decimals."""
    figure = re.sub(r"[\s\u00a0\u2009\u202f']", "", figure)
    digits = re.sub(r"[.,]", "", figure)
    readings = {float(digits)}
    separators = [match.start() for match in re.finditer(r"[.,]", figure)]
    if separators:
        whole = re.sub(r"[.,]", "", figure[: separators[-1]])
        readings.add(float(f"{whole}.{figure[separators[-1] + 1 :]}"))
    return readings


def _readings(figure: str) -> set[float]:
    word = figure.casefold()
    if word in NUMBER_WORDS:
        return {float(NUMBER_WORDS[word])}
    for pattern, factor in ((THOUSAND, 1000), (MILLION, 1_000_000)):
        parts = pattern.split(figure)
        if len(parts) > 1:
            rest = _plain_readings(parts[1]) if parts[1].strip() else {0.0}
            return {head * factor + tail for head in _plain_readings(parts[0]) for tail in rest}
    return _plain_readings(figure)


def _days(period: dict[str, Any]) -> list[date]:
    return [date.fromisoformat(period[key]) for key in ("start", "end") if period.get(key)]


@pytest.fixture(scope="module")
def canonical_names() -> set[str]:
    with GAZETTEER.open(encoding="utf-8", newline="") as rows:
        return {row["name_en"] for row in csv.DictReader(rows)}


def test_every_text_has_its_labels_and_every_label_its_text() -> None:
    for part in PARTS:
        texts = {path.stem for path in (HERE / part / "texts").glob("*.txt")}
        assert texts == {path.stem for path in GOLD if path.parents[1].name == part}
        assert texts


def test_no_text_stands_in_two_parts() -> None:
    names = [path.stem for path in GOLD]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
class TestLabels:
    def test_head_is_complete(self, path: Path) -> None:
        gold = _load(path)
        assert gold["id"] == path.stem
        assert gold["lang"] in {"en", "az", "ru", "tr", "uk"}
        assert gold["country"]
        assert gold["structures"]
        assert (gold["published"] is None) or date.fromisoformat(gold["published"])

    def test_facts_follow_the_scheme(self, path: Path) -> None:
        for fact in _load(path)["facts"]:
            assert set(fact) <= FACT_KEYS
            assert fact["unit"] in MEASURES[fact["measure"]]
            assert fact["qualifier"] in {"exact", "over", "about", "under"}
            assert fact.get("breakdown") in {None, "operator", "sector", "district"}
            if fact["measure"] == "other":
                assert fact["item"]
            if fact.get("ambiguous"):
                assert fact["note"]

    def test_hectares_agree_with_value_and_unit(self, path: Path) -> None:
        for fact in _load(path)["facts"]:
            if fact["unit"] in HECTARES:
                assert fact["value_ha"] == pytest.approx(fact["value"] * HECTARES[fact["unit"]])

    def test_value_is_printed_in_the_text(self, path: Path) -> None:
        text = _text(path)
        for fact in _load(path)["facts"]:
            figure = fact["figure"]
            edge = r"(?<![\d])(?<!\d[.,])" if figure[0].isdigit() else r"(?<!\w)"
            tail = r"(?!\d)(?![.,]\d)" if figure[-1].isdigit() else r"(?!\w)"
            assert re.search(edge + re.escape(figure) + tail, text), fact
            assert any(reading == pytest.approx(fact["value"]) for reading in _readings(figure)), fact

    def test_periods_are_real_days_in_order(self, path: Path) -> None:
        published = _load(path)["published"]
        for fact in _load(path)["facts"]:
            period = fact["period"]
            assert period["kind"] in KINDS
            assert period.get("year_source") in YEAR_SOURCES
            days = _days(period)
            assert days == sorted(days)
            for key in ("start_md", "end_md"):
                if period.get(key):
                    date.fromisoformat(f"2024-{period[key]}")
            if published and days and not fact.get("planned") and period.get("precision") is None:
                assert days[-1] <= date.fromisoformat(published), fact

    def test_a_week_is_short_and_a_month_is_one(self, path: Path) -> None:
        for fact in _load(path)["facts"]:
            days = _days(fact["period"])
            if len(days) == 2 and fact["period"]["kind"] in {"day", "week", "month"}:
                shortest, longest = {"day": (0, 0), "week": (3, 9), "month": (26, 33)}[fact["period"]["kind"]]
                assert shortest <= (days[1] - days[0]).days <= longest, fact

    def test_district_names_are_the_gazetteers(self, path: Path, canonical_names: set[str]) -> None:
        gold = _load(path)
        if gold["country"] != "Azerbaijan":
            return
        for fact in gold["facts"]:
            assert set(fact["districts"]) <= canonical_names
            assert len(fact["districts"]) == len(set(fact["districts"]))

    def test_one_number_is_one_fact_of_its_scope(self, path: Path) -> None:
        seen = [
            json.dumps([fact.get(key) for key in (
                "measure", "value", "unit", "period", "districts", "scope_text", "subgroup", "agency", "breakdown",
                "item",
            )])
            for fact in _load(path)["facts"]
        ]  # fmt: skip
        assert len(seen) == len(set(seen))


@pytest.mark.parametrize(
    "path", [path for path in GOLD if any(fact.get("breakdown") for fact in _load(path)["facts"])], ids=lambda p: p.stem
)
def test_parts_close_on_their_total(path: Path) -> None:
    facts = _load(path)["facts"]
    for measure, kind in {(fact["measure"], fact["breakdown"]) for fact in facts if fact.get("breakdown")}:
        of_measure = [fact for fact in facts if fact["measure"] == measure]
        parts = sum(fact["value"] for fact in of_measure if fact.get("breakdown") == kind)
        totals = [fact["value"] for fact in of_measure if not fact.get("breakdown")]
        assert any(parts == pytest.approx(total) for total in totals), (measure, kind, parts, totals)


def _as_read_perfectly(document_id: str, fact: dict[str, Any]) -> dict[str, Any]:
    period = fact["period"]
    flags = [flag for flag in ("restates", "subset", "planned", "suspect") if fact.get(flag)]
    days = {key: period[key] or (f"XXXX-{period[f'{key}_md']}" if period.get(f"{key}_md") else None)
            for key in ("start", "end")}  # fmt: skip
    return {
        "document_id": document_id, "measure": fact["measure"], "value": fact["value"], "unit": fact["unit"],
        "area_ha": fact.get("value_ha"), "places": fact["districts"], "period": {**days, "kind": period["kind"]},
        "role": "background" if fact.get("background") else "news",
        "flags": flags or (["surveyed"] if fact["measure"] == "other" else []),
    }  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_a_perfect_reading_scores_full_marks(part: str, shared: Path, tmp_path: Path) -> None:
    said = tmp_path / "statements.jsonl"
    with said.open("w", encoding="utf-8") as out:
        for path in GOLD:
            if path.parents[1].name == part:
                gold = _load(path)
                rows = (_as_read_perfectly(gold["id"], fact) for fact in gold["facts"])
                out.writelines(json.dumps(row) + "\n" for row in rows)
    command = [sys.executable, shared / "evaluation" / "score.py", said, HERE / part / "gold", "--json"]
    figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    for share in ("value", "place", "period", "precision", "role"):
        assert figures[share] == 1.0, figures
    assert figures["false"] == 0
