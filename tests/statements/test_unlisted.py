"""A name that no gazetteer lists: said, kept as published, and never left out of its group."""

from __future__ import annotations

from pathlib import Path

import pytest

import clearance_atlas as ca
from clearance_atlas.model import Flag, PlaceScope
from clearance_atlas.rendering.content import is_drawn

FOUND = "In May 2024 sappers found 12 anti-tank mines in {where}."
TABLE = "measure,value,unit,period_start,period_end,place\narea_cleared,12,ha,2024-06-01,2024-06-30,{where}\n"


@pytest.mark.parametrize("where", [
    "Jabrajil and Lachin districts", "Lachin and Jabrajil", "Lachin, Jabrajil and Fuzuli", "the Jabrajil district",
    "Aghdam, Lachin and Zangilann districts",
])
def test_a_mistyped_district_is_said_and_nobody_else_gets_its_figure(tmp_path: Path, where: str) -> None:
    (tmp_path / "report.txt").write_text(FOUND.format(where=where), "utf-8")
    result = ca.read_and_reconcile([tmp_path])
    [one] = result.observations
    assert not one.place_codes
    assert one.places
    assert not is_drawn(one)
    assert Flag.UNMATCHED_PLACE in one.flags
    [problem] = result.problems
    assert problem.needs_person
    assert problem.mend in {"did you mean Jabrayil?", "did you mean Zangilan?"}


def test_a_joint_figure_with_an_unknown_member_does_not_meet_that_of_the_others(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(FOUND.format(where="Lachin and Jabrajil"), "utf-8")
    (tmp_path / "two.txt").write_text(FOUND.format(where="Lachin"), "utf-8")
    observations = ca.read_and_reconcile([tmp_path]).observations
    assert sorted((one.place_scope, is_drawn(one)) for one in observations) == [
        (PlaceScope.DISTRICT, True), (PlaceScope.GROUP, False)]


@pytest.mark.parametrize("where", ["Jabrajil;Lachin", "Jabrayyil"])
def test_a_table_says_the_same(tmp_path: Path, where: str) -> None:
    (tmp_path / "table.csv").write_text(TABLE.format(where=where), "utf-8")
    result = ca.read_and_reconcile([tmp_path])
    [one] = result.observations
    assert not one.place_codes
    assert not is_drawn(one)
    assert "did you mean Jabrayil?" in str(result.problems[0])


@pytest.mark.parametrize("text", [
    "In May 2024 ANAMA and Turkish sappers found 12 anti-tank mines in Lachin.",
    "In May 2024 they found 12 anti-tank mines in Lachin, ANAMA said on Monday.",
    "In May 2024 they found 12 anti-tank mines in Lachin and Fuzuli, President of the agency Vugar Suleymanov told.",
])
def test_other_capital_letters_beside_a_district_are_no_places(tmp_path: Path, text: str) -> None:
    (tmp_path / "report.txt").write_text(text, "utf-8")
    [one] = ca.read_and_reconcile([tmp_path]).statements
    assert Flag.UNMATCHED_PLACE not in one.flags
    assert one.place_codes
