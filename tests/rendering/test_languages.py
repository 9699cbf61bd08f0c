"""Catalogues: complete, well-formed, and right where a language differs."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from atlas_sample import sample_content
from clearance_atlas import rendering
from clearance_atlas.errors import UnknownNameError
from clearance_atlas.model import Measure, Period, PeriodKind, Qualifier
from clearance_atlas.rendering import titles, wording
from clearance_atlas.rendering.atlas import NOTES, SCRIPTS
from clearance_atlas.rendering.languages import LANGUAGES, check_language, messages, plural_translate
from clearance_atlas.rendering.titles import AMOUNTS, MEASURE_NAMES, number, period_label
from clearance_atlas.rendering.wording import words

FOLDER = Path(rendering.__file__).parent
STRING = r'"((?:[^"\\]|\\.)*)"'
TRANSLATED = sorted(set(LANGUAGES) - {"en"})


def used_messages() -> set[str]:
    """Return every message that the page's template, scripts and titles ask for."""
    names = (*SCRIPTS, "basemap.js")
    scripts = "\n".join((FOLDER / "scripts" / name).read_text("utf-8") for name in names)
    found = set(re.findall(rf"(?<!\w)t\(\s*{STRING}", scripts)) | set(re.findall(rf"\btn\(\s*{STRING}", scripts))
    templates = "".join((FOLDER / "templates" / name).read_text("utf-8") for name in ("page.html", "embed.html"))
    found |= set(re.findall(rf"_\({STRING}\)", templates)) | set(re.findall(r'data-(?:t|label)="([^"{]+)"', templates))
    return found | set(NOTES.values()) | set(MEASURE_NAMES.values()) | {one for one, _ in AMOUNTS.values()}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(language: str) -> None:
    assert used_messages() - set(messages(language)) == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_fill_the_same_names(language: str) -> None:
    for message, translation in messages(language).items():
        for form in [translation] if isinstance(translation, str) else translation:
            # The suffix of a number is Azerbaijani alone.
            filled = set(re.findall(r"\{\w+\}", form)) - {"{ablative}"}
            assert filled == set(re.findall(r"\{\w+\}", message)), (message, form)


@pytest.mark.parametrize(("count", "expected"), [
    (1, "1 противопехотная мина, по сообщениям, обнаружена"),
    (3, "3 противопехотные мины, по сообщениям, обнаружены"),
    (11, "11 противопехотных мин, по сообщениям, обнаружено"),
    (21, "21 противопехотная мина, по сообщениям, обнаружена"),
    (25, "25 противопехотных мин, по сообщениям, обнаружено"),
])
def test_russian_has_three_plural_forms(count: int, expected: str) -> None:
    one, many = "{value} anti-personnel mine reported found", "{value} anti-personnel mines reported found"
    assert plural_translate(one, many, count=count, language="ru", value=count) == expected


HECTARES, MINES, ITEMS, BOTH, KILLED = (
    Measure.AREA_CLEARED, Measure.AP_MINES, Measure.UXO, Measure.ORDNANCE_TOTAL, Measure.KILLED)
EXACT, OVER, ABOUT, UNDER = Qualifier.EXACT, Qualifier.OVER, Qualifier.ABOUT, Qualifier.UNDER


@pytest.mark.parametrize(("language", "measure", "qualifier", "value", "expected"), [
    ("ru", MINES, EXACT, "1", "1 противопехотная мина, по сообщениям, обнаружена"),
    ("ru", MINES, EXACT, "2", "2 противопехотные мины, по сообщениям, обнаружены"),
    ("ru", MINES, OVER, "1", "Более 1 противопехотной мины, по сообщениям, обнаружено"),
    ("ru", MINES, OVER, "21", "Более 21 противопехотной мины, по сообщениям, обнаружено"),
    ("ru", MINES, OVER, "84", "Более 84 противопехотных мин, по сообщениям, обнаружено"),
    ("ru", MINES, ABOUT, "2", "Около 2 противопехотных мин, по сообщениям, обнаружено"),
    ("ru", ITEMS, OVER, "21", "Более 21 неразорвавшегося боеприпаса, по сообщениям, обнаружено"),
    ("ru", ITEMS, UNDER, "5", "Менее 5 неразорвавшихся боеприпасов, по сообщениям, обнаружено"),
    ("ru", BOTH, EXACT, "21", "21 взрывоопасный предмет, по сообщениям, обнаружен"),
    ("ru", BOTH, OVER, "84", "Более 84 взрывоопасных предметов, по сообщениям, обнаружено"),
    ("ru", KILLED, EXACT, "5", "5 человек, по сообщениям, погибло"),
    ("ru", KILLED, OVER, "21", "Более 21 человека, по сообщениям, погибло"),
    ("ru", HECTARES, EXACT, "1039.5", "1 039,5 га, по сообщениям, очищено"),
    ("ru", HECTARES, OVER, "2300", "Более 2 300 га, по сообщениям, очищено"),
    ("az", MINES, EXACT, "84", "84 piyada əleyhinə minanın aşkarlandığı bildirilib"),
    ("az", MINES, OVER, "84", "84-dən çox piyada əleyhinə minanın aşkarlandığı bildirilib"),
    ("az", MINES, OVER, "6", "6-dan çox piyada əleyhinə minanın aşkarlandığı bildirilib"),
    ("az", ITEMS, OVER, "40", "40-dan çox partlamamış hərbi sursatın aşkarlandığı bildirilib"),
    ("az", ITEMS, ABOUT, "5", "Təxminən 5 partlamamış hərbi sursatın aşkarlandığı bildirilib"),
    ("az", KILLED, UNDER, "21", "21-dən az nəfərin həlak olduğu bildirilib"),
    ("az", HECTARES, EXACT, "1039.5", "1.039,5 ha ərazinin təmizləndiyi bildirilib"),
    ("az", HECTARES, OVER, "2300", "2.300 hektardan çox ərazinin təmizləndiyi bildirilib"),
    ("en", MINES, OVER, "84", "Over 84 anti-personnel mines reported found"),
    ("en", HECTARES, ABOUT, "2300", "About 2,300 ha reported as cleared"),
])
def test_figures_read_as_an_editor_of_the_language_writes_them(
    language: str, measure: Measure, qualifier: Qualifier, value: str, expected: str,
) -> None:
    area = measure is HECTARES
    one = replace(sample_content().observations[0], measure=measure, qualifier=qualifier, value=Decimal(value),
                  area_ha=Decimal(value) if area else None, unit="ha" if area else "items")
    assert titles.amount(one, language=language).replace("\N{NO-BREAK SPACE}", " ") == expected
    assert wording.amount(one, language=words(language)).replace("\N{NO-BREAK SPACE}", " ") == expected


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogues_begin_sentences_with_capitals(language: str) -> None:
    small = [form for message, translation in messages(language).items() if message[0].isupper()
             for form in ([translation] if isinstance(translation, str) else translation) if form[0].islower()]
    assert small == []


@pytest.mark.parametrize(("language", "expected"), [
    ("en", "69,205.7"), ("az", "69.205,7"), ("ru", "69\N{NO-BREAK SPACE}205,7"),
])
def test_numbers_carry_the_signs_of_the_language(language: str, expected: str) -> None:
    assert number(Decimal("69205.7"), language=language) == expected


@pytest.mark.parametrize(("period", "language", "expected"), [
    (Period("2024-07-01", "2024-07-07", PeriodKind.WEEK), "az", "1–7 iyul 2024"),
    (Period("2024-06-28", "2024-07-04", PeriodKind.WEEK), "ru", "28 июня – 4 июля 2024"),
    (Period("2023-12-28", "2024-01-04", PeriodKind.WEEK), "en", "28 December 2023 – 4 January 2024"),
    (Period("2024-08-01", "2024-08-31", PeriodKind.MONTH), "ru", "август 2024"),
    (Period("2024-04-01", "2024-06-30", PeriodKind.QUARTER), "en", "quarter 2 of 2024"),
    (Period("2024-07-01", "2024-12-31", PeriodKind.HALF), "en", "second half of 2024"),
    (Period("2020-11-10", "2025-07-31", PeriodKind.CUMULATIVE), "en", "10 November 2020 to 31 July 2025"),
    (Period("2025-06-03", "2025-06-03", PeriodKind.DAY), "en", "3 June 2025"),
])
def test_periods_read_as_people_write_them(period: Period, language: str, expected: str) -> None:
    assert period_label(period, language=language) == expected


def test_an_unknown_language_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="en, az, ru"):
        check_language("xx")
