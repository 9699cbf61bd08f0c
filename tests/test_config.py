"""Country profiles: the shipped ones are sound, broken ones are refused with the place of the fault."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pycountry
import pytest

from clearance_atlas.config import Profile, load_profile, profile_names
from clearance_atlas.errors import LexiconError, UnknownNameError
from clearance_atlas.places import fold, load_gazetteer


@pytest.fixture(params=profile_names())
def profile(request: pytest.FixtureRequest) -> Profile:
    return load_profile(request.param)


def test_three_countries_are_shipped() -> None:
    assert profile_names() == ("azerbaijan", "ukraine", "yemen")


def test_a_profile_names_a_country_and_its_languages(profile: Profile) -> None:
    country = pycountry.countries.get(alpha_2=profile.country_code)
    assert country is not None
    assert country.name == profile.names["en"]
    assert all(pycountry.languages.get(alpha_2=language) for language in profile.languages)
    assert {"en", "az", "ru"} <= set(profile.names)


def test_an_operator_has_one_code_and_a_spelling_one_operator(profile: Profile) -> None:
    codes = [operator.code for operator in profile.operators]
    assert len(codes) == len(set(codes))
    owners: dict[str, str] = {}
    for operator in profile.operators:
        for alias in {fold(alias) for alias in operator.aliases}:
            assert owners.setdefault(alias, operator.code) == operator.code, alias


def test_a_region_word_is_no_district(profile: Profile) -> None:
    gazetteer = load_gazetteer(profile.gazetteer)
    assert not [word for word in profile.regions if gazetteer.resolve(word) is not None]


def test_every_day_has_one_boundary_version(profile: Profile) -> None:
    versions = sorted(profile.boundaries, key=lambda version: version.valid_from or date.min)
    assert versions[0].valid_from is None
    assert versions[-1].valid_to is None
    for earlier, later in pairwise(versions):
        assert earlier.valid_to is not None
        assert later.valid_from == earlier.valid_to + timedelta(days=1)


def test_stable_units_and_inclusions_name_what_there_is(profile: Profile) -> None:
    gazetteer = load_gazetteer(profile.gazetteer)
    operators = {operator.code for operator in profile.operators}
    assert all(code in gazetteer for unit in profile.stable_units for code in unit)
    assert all({each.scope, *each.operators} <= operators for each in profile.inclusions)


def test_an_unknown_profile_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="shipped profiles: azerbaijan, ukraine, yemen"):
        load_profile("atlantis")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b'country_code = "AZ', "not TOML"),
        (b'country_code = "\xff"', "not TOML"),
        (b'country_code = "AZ"', "'names'"),
        (b'country_code = "AZ"\nnames = "x"', "wrong type"),
    ],
)
def test_a_broken_profile_is_refused_in_one_line(tmp_path: Path, content: bytes, fault: str) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(content)
    with pytest.raises(LexiconError) as caught:
        load_profile(str(path))
    assert fault in str(caught.value)
    assert "\n" not in str(caught.value)


def test_paths_of_an_own_profile_lie_beside_it_or_in_the_package(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        'country_code = "AZ"\nlanguages = ["en"]\ngazetteer = "mine.csv"\nsafety_contact = "the fire service"\n'
        '[names]\nen = "Own"\n'
        '[[boundaries]]\nversion = "one"\npath = "geodata/boundaries/ukraine.geojson"\n', "utf-8",
    )
    profile = load_profile(str(path))
    assert profile.gazetteer == tmp_path / "mine.csv"
    assert profile.safety_contact == {"en": "the fire service"}
    assert profile.boundaries[0].path.is_file()
