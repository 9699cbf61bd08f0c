"""The shipped gazetteers, and what a gazetteer of one's own must hold."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pycountry
import pytest

from clearance_atlas.config import load_profile
from clearance_atlas.errors import LexiconError, UnknownNameError
from clearance_atlas.places import Gazetteer, Place, build_gazetteer, load_gazetteer, official_area

AFFECTED = {
    "AZ-TAR": "Tartar", "X-AZ-AGHDARA": "Aghdara", "AZ-AGM": "Aghdam", "AZ-FUZ": "Fuzuli", "AZ-XA": "Khankendi",
    "AZ-XCI": "Khojaly", "AZ-XVD": "Khojavend", "AZ-SUS": "Shusha", "AZ-KAL": "Kalbajar", "AZ-LAC": "Lachin",
    "AZ-QBI": "Gubadli", "AZ-ZAN": "Zangilan", "AZ-CAB": "Jabrayil",
}  # fmt: skip


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(load_profile("azerbaijan").gazetteer)


def test_every_iso_code_of_the_country_is_listed_and_no_other(gazetteer: Gazetteer) -> None:
    iso = {each.code for each in pycountry.subdivisions.get(country_code="AZ")}
    assert {place.iso_3166_2 for place in gazetteer if place.iso_3166_2} == iso
    assert all(place.code.startswith("X-AZ-") for place in gazetteer if place.iso_3166_2 is None)


def test_the_map_has_74_units_and_75_from_5_december_2023(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.districts(on=date(2023, 12, 4))) == 74
    assert len(gazetteer.districts(on=date(2023, 12, 5))) == 75
    assert len(gazetteer.districts()) == 75


def test_the_affected_districts_have_their_canonical_names(gazetteer: Gazetteer) -> None:
    assert {code: gazetteer.place(code).name_en for code in AFFECTED} == AFFECTED


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Terter", "AZ-TAR"), ("Tatar", "AZ-TAR"), ("Agdere", "X-AZ-AGHDARA"), ("Ağdərə", "X-AZ-AGHDARA"),
        ("Mardakert", "X-AZ-AGHDARA"), ("Gubadly", "AZ-QBI"), ("Qubadlı", "AZ-QBI"), ("Jabrail", "AZ-CAB"),
        ("Lacin", "AZ-LAC"), ("Fizuli", "AZ-FUZ"), ("FÜZULİ", "AZ-FUZ"), ("Khankandi", "AZ-XA"),
        ("Khankendi city", "AZ-XA"), ("Stepanakert", "AZ-XA"), ("Kelbajar", "AZ-KAL"), ("Zangelan", "AZ-ZAN"),
        ("Агдамский район", "AZ-AGM"), ("Физулинский", "AZ-FUZ"), ("город Шуша", "AZ-SUS"), ("г. Ханкенди", "AZ-XA"),
        ("Ağdam rayonu", "AZ-AGM"), ("Zəngilan", "AZ-ZAN"), ("Zengilan", "AZ-ZAN"), ("Hocalı", "AZ-XCI"),
        ("Laçin ilçesi", "AZ-LAC"), ("Qazax", "AZ-QAZ"), ("Lankaran city", "AZ-LAN"), ("Füzuli", "AZ-FUZ"),
        ("Xojavand", "AZ-XVD"), ("Khodzhavand", "AZ-XVD"), ("Djebrayil", "AZ-CAB"), ("Kelbadzhar", "AZ-KAL"),
        ("Hankandi", "AZ-XA"), ("Кялбаджарский район", "AZ-KAL"), ("Губадли", "AZ-QBI"),
        ("  Aghdam \n district ", "AZ-AGM"), ("Garadagh", "X-AZ-GARADAGH"),
    ],
)  # fmt: skip
def test_spellings_met_in_print_are_known(gazetteer: Gazetteer, printed: str, code: str) -> None:
    place = gazetteer.resolve(printed)
    assert place is not None
    assert place.code == code


@pytest.mark.parametrize(
    "village",
    ["Baganis Ayrim", "Baghanis Ayrum", "Bağanıs Ayrım", "Баганис-Айрым", "Ashagi Eskipara", "Aşağı Əskipara",
     "Kheyrimli", "Xeyrımlı", "Хейрымлы", "Gizilhajili", "Qızılhacılı", "Гызылгаджылы"],
)  # fmt: skip
def test_the_four_villages_are_counted_with_gazakh(gazetteer: Gazetteer, village: str) -> None:
    place = gazetteer.resolve(village)
    assert place is not None
    assert place.code == "AZ-QAZ"


@pytest.mark.parametrize("name", ["Tartarstan", "Kazakh", "Varanda", "Karabakh", "district", "", "   "])
def test_what_is_not_listed_is_not_guessed(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.resolve(name) is None


def test_a_mistyped_name_gets_a_suggestion(gazetteer: Gazetteer) -> None:
    assert gazetteer.suggest("Jabrayill")[0] == "Jabrayil"
    assert gazetteer.suggest("Wellington") == ()
    with pytest.raises(UnknownNameError, match="did you mean AZ-FUZ"):
        gazetteer.place("AZ-FUZZ")


def test_a_name_in_each_language_leads_back_to_its_place(gazetteer: Gazetteer) -> None:
    for place in gazetteer:
        for language in ("en", "az", "ru"):
            resolved = gazetteer.resolve(gazetteer.name_in(place.code, language))
            assert resolved is not None
            assert resolved.code == (place.counted_as or place.code)
    assert gazetteer.name_in("AZ-AGM", "ru") == "Агдам"
    assert gazetteer.name_in("AZ-AGM", "fr") == "Aghdam"


def test_areas_follow_the_law_of_december_2023(gazetteer: Gazetteer) -> None:
    areas = {code: [official_area(gazetteer.place(code), on=day) for day in (date(2023, 12, 4), date(2023, 12, 5))]
             for code in ("AZ-AGM", "AZ-KAL", "AZ-TAR", "X-AZ-AGHDARA", "AZ-LAC")}
    assert areas["X-AZ-AGHDARA"] == [None, pytest.approx(851.25 + 735.84 + 73.74, abs=0.005)]
    for code, moved in {"AZ-AGM": 73.74, "AZ-KAL": 735.84, "AZ-TAR": 851.25}.items():
        before, after = areas[code]
        assert before is not None
        assert after is not None
        assert before - after == pytest.approx(moved, abs=0.5)
    assert areas["AZ-LAC"] == [1840, 1840]
    assert official_area(gazetteer.place("AZ-AGM")) == 1076


def test_every_affected_district_has_an_area(gazetteer: Gazetteer) -> None:
    assert all(official_area(gazetteer.place(code)) for code in AFFECTED)


def test_it_knows_all_that_the_development_gazetteer_knows(gazetteer: Gazetteer, shared: Path) -> None:
    left_out = {"Varanda", "Варанда", "Нахчыван (город)"}
    with (shared / "geodata" / "gazetteer.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            own = gazetteer.resolve(row["canonical_en"])
            assert own is not None, row["canonical_en"]
            if row["iso_3166_2"]:
                code = gazetteer.place(row["iso_3166_2"])
                assert own.code == (code.counted_as or code.code)
            for alias in {*row["aliases"].split("|"), row["az"], row["ru"]} - left_out - {""}:
                found = gazetteer.resolve(alias)
                assert found is not None, alias
                # the bare name of Nakhchivan is that of the republic, here as there
                assert found.code in {own.code, "AZ-NX"}, alias


def test_the_second_profile_lists_every_oblast_of_ukraine() -> None:
    ukraine = load_gazetteer(load_profile("ukraine").gazetteer)
    iso = {each.code: each.name for each in pycountry.subdivisions.get(country_code="UA")}
    assert {place.code for place in ukraine} == set(iso)
    for code, name in iso.items():
        place = ukraine.resolve(name.replace("ska Oblast", "ska oblast"))
        assert place is not None, name
        assert place.code == code


def test_the_third_profile_lists_every_governorate_of_yemen() -> None:
    yemen = load_gazetteer(load_profile("yemen").gazetteer)
    iso = {each.code: each.name for each in pycountry.subdivisions.get(country_code="YE")}
    assert {place.code for place in yemen} == set(iso)
    for code, name in {**iso, "YE-LA": "Lahj", "YE-HU": "Al-Hudaydah", "YE-DA": "Al Dhale’e", "YE-TA": "تعز"}.items():
        place = yemen.resolve(name)
        assert place is not None, name
        assert place.code == code


@pytest.mark.parametrize(
    ("printed", "code"),
    [("Kharkiv", "UA-63"), ("Kharkov region", "UA-63"), ("Харківська область", "UA-63"),
     ("Харьковская область", "UA-63"), ("Mykolaiv", "UA-48"), ("Nikolaev", "UA-48"),
     ("Kherson Oblast", "UA-65"), ("Донецька", "UA-14"),
     ("Kyiv region", "UA-32"), ("Kyiv city", "UA-30"), ("Zaporizhzhia", "UA-23"), ("Днепропетровская", "UA-12")],
)  # fmt: skip
def test_spellings_of_oblasts_are_known(printed: str, code: str) -> None:
    place = load_gazetteer(load_profile("ukraine").gazetteer).resolve(printed)
    assert place is not None
    assert place.code == code


def test_every_fault_of_a_gazetteer_is_said_at_once(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "code,name_en,kind,area_km2,area_km2_before,area_since,parent,valid_from\n"
        "A,Alpha,district,12,,,,\n"
        "A,Beta,town,-1,,,Z,soon\n"
        "C,,district,nan,5,,,\n", "utf-8",
    )
    with pytest.raises(LexiconError) as caught:
        load_gazetteer(path)
    for fault in ("code A stands in 2 lines", "line 3: kind 'town'", "line 3: parent Z", "line 3: area_km2 '-1'",
                  "line 3: valid_from 'soon'", "line 4: name_en is empty", "line 4: area_km2 'nan'",
                  "line 4: area_km2_before and area_since"):
        assert fault in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "fault"),
    [(b"", "no places"), (b"kod,ad\n1,2\n", "column code missing (there are: kod, ad)"), (b"\xff\xfe", "not UTF-8")],
)
def test_a_file_that_is_no_gazetteer_is_refused(tmp_path: Path, content: bytes, fault: str) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(content)
    with pytest.raises(LexiconError) as caught:
        load_gazetteer(path)
    assert fault in str(caught.value)
    with pytest.raises(LexiconError, match="cannot be read"):
        load_gazetteer(tmp_path / "absent.csv")


def test_a_spelling_of_two_places_is_refused() -> None:
    places = (Place("A", "Alpha", aliases=("Common",)), Place("B", "Beta", aliases=("COMMON",)))
    with pytest.raises(LexiconError, match="two places: common"):
        build_gazetteer(places)
