"""Catalogues: complete, well-formed, and right where a language differs."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from clearance_atlas import rendering
from clearance_atlas.errors import UnknownNameError
from clearance_atlas.model import Period, PeriodKind
from clearance_atlas.rendering.atlas import NOTES, SCRIPTS
from clearance_atlas.rendering.languages import LANGUAGES, check_language, messages, plural_translate
from clearance_atlas.rendering.titles import AMOUNTS, MEASURE_NAMES, number, period_label

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
            assert set(re.findall(r"\{\w+\}", form)) == set(re.findall(r"\{\w+\}", message)), (message, form)


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
