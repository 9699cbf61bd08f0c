"""The passes over a document and over all documents: scope, role, dating, checks, unread sentences."""

from __future__ import annotations

from datetime import date

import pytest

from clearance_atlas.config import load_profile
from clearance_atlas.documents import clean
from clearance_atlas.model import Document, Flag, Measure, Role, Statement
from clearance_atlas.statements import extract_statements

PROFILE = load_profile()


def _document(text: str, *, published: date | None = None, document_id: str = "d") -> Document:
    return Document(document_id, text, clean(text), f"{document_id}.txt", "0" * 64, published=published, language="en",
                    published_source="header" if published else None)


def _read(text: str, *, published: date | None = None) -> tuple[Statement, ...]:
    return extract_statements([_document(text, published=published)], profile=PROFILE).statements


def test_a_list_of_districts_reaches_no_figure_of_another_period() -> None:
    text = ("From 1 to 7 July 2024 ANAMA found 28 anti-personnel mines in Tartar, Aghdam and Lachin.\n\n"
            "In 2023 it cleared 53,081.8 hectares.")
    week, year = _read(text)
    assert week.places == ("Tartar", "Aghdam", "Lachin")
    assert year.places == ()


def test_examples_are_no_list() -> None:
    found = _read("From 1 to 7 July 2024, 9 mines were found in several districts, in particular Tartar and Aghdam.")
    assert [statement.places for statement in found] == [()]


def test_a_figure_said_twice_is_one_statement() -> None:
    text = ("ANAMA cleared 128 hectares from 1 to 7 July 2024.\n\n"
            "The 128 hectares cleared from 1 to 7 July 2024 are farmland.")
    assert len(_read(text)) == 1


def test_the_rounded_headline_restates_the_exact_figure() -> None:
    headline, exact = _read("More than 70 hectares cleared\n\nFrom 1 to 7 July 2024 ANAMA cleared 71.4 hectares.")
    assert Flag.RESTATES in headline.flags
    assert Flag.RESTATES not in exact.flags


def test_a_sum_that_does_not_close_is_flagged_not_mended() -> None:
    total = _read("From 1 to 7 July 2024, 70 mines were found: 45 anti-personnel mines and 26 anti-tank mines.")[0]
    assert total.value == 70
    assert Flag.SUM_MISMATCH in total.flags


def test_an_area_beyond_reason_is_taken_as_printed_and_flagged() -> None:
    statement, = _read("From 14 to 20 August 2023 ANAMA cleared 453,900 hectares.")
    assert statement.value == 453900
    assert Flag.SUSPECT_VALUE in statement.flags


@pytest.mark.parametrize(("text", "doubted"), [
    ("From 12 to 17 June 2023, 21 anti-personnel mines, 9 anti-personnel, 21 anti-tank mines and 140 shells were found "
     "in Barda.", ["ap_mines 21", "ap_mines 9"]),
    ("52 mines lifted in a week\n\nFrom 12 to 17 June 2023, 30 anti-personnel mines, 11 anti-tank mines and 52 shells "
     "were found in Barda.", ["mines_total 52"]),
    ("From 12 to 17 June 2023 ANAMA cleared 6.318 hectares in Barda, Tovuz, Lachin, Fuzuli and Zangilan.",
     ["area_cleared 6.318"]),
    ("Since 10 November 2020 the army has lifted 1,250,000 anti-tank mines and 41,000 anti-personnel mines.",
     ["at_mines 1250000"]),
    ("From 12 to 17 June 2023, 41 mines were found: 30 anti-personnel and 11 anti-tank ones. 6.318 hectares were "
     "cleared in Barda.", []),
])
def test_numbers_that_exclude_each_other_or_nobody_reaches_are_flagged(text: str, doubted: list[str]) -> None:
    found = [f"{one.measure} {one.value}" for one in _read(text) if Flag.SUSPECT_VALUE in one.flags]
    assert found == doubted


def test_a_range_that_runs_backwards_leaves_its_first_year_open() -> None:
    statement, = _read("From December 15, 2022 to February 4, 2022 mines killed 7 people.")
    assert statement.period.start == "XXXX-12-15"
    assert statement.period.end == "2022-02-04"
    assert Flag.SUSPECT_PERIOD in statement.flags


def test_older_figures_are_background() -> None:
    text = ("From 6 to 11 March 2023 ANAMA found 37 anti-tank mines.\n\n"
            "For comparison, in 2022 it found 4,133 anti-tank mines.\n\n"
            "On June 12, records of 97,000 mines in Aghdam were handed over.")
    week, year, mapped = _read(text, published=date(2023, 3, 13))
    assert (week.role, year.role, mapped.role) == (Role.NEWS, Role.BACKGROUND, Role.BACKGROUND)
    assert mapped.measure == Measure.MINES_MAPPED
    assert mapped.period.start == "2021-06-12"  # a dated event of the profile, not the June before


def _roles(text: str, *, published: date | None = None) -> list[Role]:
    return [statement.role for statement in _read(text, published=published)]


def test_victims_of_the_whole_country_are_background_beside_the_news_of_a_district() -> None:
    text = ("In Barda district 90 hectares have so far been cleared, the agency said on May 19.\n\n"
            "Since November 10, 2020, mines have killed 21 people.")
    assert _roles(text, published=date(2021, 5, 19)) == [Role.NEWS, Role.BACKGROUND]


def test_victims_to_date_are_background_below_the_yield_of_a_week() -> None:
    text = ("From 10 to 15 May 2021 crews lifted 40 shells.\n\n"
            "Since November 10, 2020, mines have killed 21 people.\n\n"
            "From 10 to 15 May 2021 they cleared 90 hectares.")
    assert _roles(text, published=date(2021, 5, 17)) == [Role.NEWS, Role.BACKGROUND, Role.NEWS]


def test_a_count_of_victims_that_ended_long_ago_is_background() -> None:
    text = ("Stay away from the fields, the agency says.\n\nThey are not safe.\n\n"
            "From November 10, 2020, to December 22, 2020, mines killed 6 people.")
    assert _roles(text, published=date(2021, 3, 1)) == [Role.BACKGROUND]


def test_a_total_closed_with_the_month_before_is_news_beside_a_week() -> None:
    text = ("From November 8 to 13, 2021, crews lifted 57 shells.\n\n"
            "Between November 10, 2020 and October 31, 2021 they lifted 12,400 shells.")
    assert _roles(text, published=date(2021, 11, 15)) == [Role.NEWS, Role.NEWS]


def test_the_yield_of_a_month_only_comes_along_with_victims_to_date() -> None:
    text = ("Since November 10, 2020, mines have killed 65 people.\n\n"
            "In October 2023 crews lifted 1,690 mines.")
    assert _roles(text, published=date(2023, 11, 4)) == [Role.NEWS, Role.BACKGROUND]


def test_maps_are_news_where_they_open_a_text_that_counts_nothing_else() -> None:
    text = "Armenia has handed over maps of 97,000 mines in Aghdam.\n\nMaps of 92,000 mines in Fuzuli are to follow."
    assert _roles(text)[0] == Role.NEWS
def test_a_report_on_a_month_that_names_its_districts_is_news_after_victims_too() -> None:
    text = ("Since 10 November 2020 mines have claimed 290 victims, the minister told the forum.\n\n"
            "In October 2023, 412 anti-tank mines were lifted in Tartar and Lachin.")
    _, month = _read(text, published=date(2023, 11, 6))
    assert month.role == Role.NEWS


def test_reports_of_days_in_a_row_are_both_news() -> None:
    text = ("From 14 to 15 March 2021 ANAMA lifted 8 anti-tank mines.\n\n"
            "From 12 to 13 March 2021 it lifted 31 anti-tank mines.")
    assert [statement.role for statement in _read(text, published=date(2021, 3, 16))] == [Role.NEWS, Role.NEWS]


def test_victims_since_the_war_come_along_with_clearance_to_date() -> None:
    text = ("So far, 640 hectares have been cleared.\n\n"
            "Since the peace deal was finally put to paper on November 10, 2020, mines have killed 19 people.")
    area, killed = _read(text, published=date(2021, 5, 6))
    assert (area.role, killed.role) == (Role.NEWS, Role.BACKGROUND)
    assert killed.period.start == "2020-11-10"


def test_a_year_that_nothing_tells_stays_open() -> None:
    statement, = _read("From May 10 to May 16 ANAMA found 82 anti-personnel mines.")
    assert (statement.period.start, statement.period.end) == ("XXXX-05-10", "XXXX-05-16")


def test_an_undated_text_is_dated_by_the_event_it_names() -> None:
    text = ("The districts were freed late last year.\n\n"
            "On July 3 the agency reported that 5 anti-tank mines were found from June 21 to June 26.")
    statement, = _read(text)
    assert (statement.period.start, statement.period.end) == ("2021-06-21", "2021-06-26")
    assert Flag.YEAR_INFERRED in statement.flags


def test_parts_by_operator_carry_their_operator() -> None:
    found = _read("In 2023 ANAMA cleared 300 ha, the Defence Ministry 200 ha and border guards 50 ha.")
    assert [(s.operator, int(s.value)) for s in found] == [("ANAMA", 300), ("MoD", 200), ("SBS", 50)]
    assert {s.breakdown for s in found} == {"operator"}


def test_a_table_in_a_text_is_read_by_its_heading() -> None:
    text = ("Figures for 13-19 October 2025 (source: ANAMA)\n\n| District | Cleared, ha | AT mines |\n|---|---|---|\n"
            "| Aghdam | 212.5 | 3 |\n| Zangilan | 118.0 | 2 |\n| Total | 330.5 | 5 |\n")
    found = {(s.measure.value, float(s.value)): s.places for s in _read(text)}
    assert found["area_cleared", 212.5] == ("Aghdam",)
    assert found["at_mines", 2.0] == ("Zangilan",)
    assert found["area_cleared", 330.5] == ("Aghdam", "Zangilan")


def test_a_sentence_that_gives_nothing_is_listed() -> None:
    extraction = extract_statements([_document("The mine problem cost 17 whatsits per head.")], profile=PROFILE)
    assert [sentence.text for sentence in extraction.unread] == ["The mine problem cost 17 whatsits per head."]


def test_without_a_profile_places_stay_as_published() -> None:
    document = _document("From 1 to 7 July 2024, 9 anti-tank mines were found in Izium district.")
    statement, = extract_statements([document]).statements
    assert statement.places == ("Izium",)
    assert statement.place_codes == ()
    assert Flag.UNMATCHED_PLACE in statement.flags


def test_another_country_is_read_with_its_profile() -> None:
    document = _document("In June 2024 deminers cleared 1,250 hectares in Kharkiv and Kherson oblasts.")
    statement, = extract_statements([document], profile=load_profile("ukraine")).statements
    assert len(statement.place_codes) == 2
    assert all(code.startswith("UA-") for code in statement.place_codes)


def test_the_same_bulletin_in_three_languages_says_the_same() -> None:
    texts = {
        "en": "From 1 to 7 July 2024, 28 anti-personnel mines, 107 anti-tank mines and 830 unexploded ordnance were "
              "found in Tartar, Aghdam and Lachin. 1,039.5 hectares were cleared.",
        "az": "2024-cü il iyulun 1-dən 7-dək Tərtər, Ağdam və Laçın rayonlarında 28 piyada əleyhinə, 107 tank əleyhinə "
              "mina və 830 partlamamış hərbi sursat aşkarlanıb. 1 039,5 hektar ərazi təmizlənib.",
        "ru": "С 1 по 7 июля 2024 года в Тертерском, Агдамском и Лачинском районах обнаружено 28 противопехотных, 107 "
              "противотанковых мин и 830 неразорвавшихся боеприпасов. Очищено 1039,5 га.",
    }
    said = {}
    for language, text in texts.items():
        document = Document(language, text, clean(text), "x.txt", "0" * 64, language=language)
        statements = extract_statements([document], profile=PROFILE).statements
        said[language] = sorted((s.measure.value, s.value, s.unit.value, s.period.start, s.period.end, s.place_codes)
                                for s in statements)
    assert said["en"] == said["az"] == said["ru"]
    assert len(said["en"]) == 4


def _unread(text: str) -> list[str]:
    return [sentence.text for sentence in extract_statements([_document(text)], profile=PROFILE).unread]


@pytest.mark.parametrize("text", [
    "Laying mines breaks the Geneva Convention of 1949.",
    "On 2 March 2022 the minister spoke of demining.",
    "The demining centre was founded in November 2020.",
    "A donor gave $400,000 and another 1 million manats for demining.",
    "Mine clearance costs 51 percent more.",
    "Twelve mine detection dogs and 3 machines went to work.",
    "Demining goes on in four villages.",
    "Tell of a mine by dialling 102 or 112.",
    "A shepherd, 23, saw an anti-tank mine.",
    "One more mine-action project has begun.",
])
def test_a_sentence_whose_numbers_count_something_else_is_not_listed(text: str) -> None:
    assert _unread(text) == []


@pytest.mark.parametrize("text", [
    "Demining brought to light 17 whatsits in the district.",
    "Demining: 17, says ANAMA.",
    "Demining, 17 of it, went on for two weeks.",
    "In 2023, demining came to 5,000 and cost 300 manats.",
])
def test_a_number_that_nothing_explains_is_listed(text: str) -> None:
    assert _unread(text) == [text]
