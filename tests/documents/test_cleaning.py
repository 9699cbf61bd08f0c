"""Cleaned text reads plainly, and every piece of it leads back to the text as published."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearance_atlas.documents import clean, fold, fold_letters, sentences, source_span, uncleaned
from clearance_atlas.model import Document

PLAIN = st.sampled_from(list("abcGŞşəİıйЖ 0123456789.,;()\n\n"))
ODD = st.sampled_from(list("\r\t\u00a0\u2009\u202f\u00ad\u200b\u200f\u202e\ufeff“”’–—−٣４\u0301\u0306ﬁАВЕ\u2028\x00"))
TEXTS = st.lists(st.one_of(PLAIN, PLAIN, ODD), max_size=120).map("".join)


def as_document(text: str) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(document_id="a", text=text, cleaned=clean(text), path="a.txt", sha256=digest)


@pytest.mark.parametrize(("published", "read"), [
    ("1\u00a0039,5 ha", "1 039,5 ha"),
    ("1\u202f039 ha", "1 039 ha"),
    ("1\u00ad0\u200b39 ha", "1039 ha"),
    ("\ufeffFive mines", "Five mines"),
    ("a\r\nB\rC", "a\nB\nC"),
    ("“Five” ‘mines’ were «found»", "\"Five\" 'mines' were \"found\""),
    ("1\u20137 July \u2014 five", "1–7 July – five"),
    ("anti\u2011tank", "anti-tank"),
    ("٣٤ and ４２ mines", "34 and 42 mines"),
    ("١٬٠٣٩٫٥", "1,039.5"),
    ("S\u0327us\u0327a", "Şuşa"),
    ("\u202eabc\u202c", "abc"),
    ("ＡＮＡＭＡ", "ANAMA"),
    ("｀a｀ `b`", "'a' 'b'"),
    ("АNАМА reported", "ANAMA reported"),
    ("Аgdam and Агдам", "Agdam and Агдам"),
    ("ofﬁcial", "official"),
    ("too   many  spaces", "too many spaces"),
])
def test_oddities_become_plain(published: str, read: str) -> None:
    assert clean(published).text == read


@pytest.mark.parametrize(("published", "read"), [
    ("They found 17\nanti-tank mines.", "They found 17 anti-tank mines."),
    ("They found 17 anti-\ntank mines.", "They found 17 anti-tank mines."),
    ("Demining goes on. The demin-\ning ended.", "Demining goes on. The demining ended."),
    ("A headline about mines\nThe agency found five mines.", "A headline about mines\nThe agency found five mines."),
    ("Aghdam: 7956.1\nagdere: 12", "Aghdam: 7956.1\nagdere: 12"),
    ("- five mines\n- six shells", "- five mines\n- six shells"),
    ("One paragraph.\n\n\n\nanother", "One paragraph.\n\nanother"),
])
def test_only_wrapped_lines_are_joined(published: str, read: str) -> None:
    assert clean(published).text == read


def test_a_heading_over_short_paragraphs_stays_apart() -> None:
    lines = ["A week of work", "The agency said that its people had worked in seven districts since Monday.",
             "Eleven mines were found by them, of which nine were laid against vehicles.", "None was hurt in the week."]
    assert clean("\n".join(lines)).text.startswith("A week of work\nThe agency")


def test_text_set_to_a_width_is_joined() -> None:
    lines = [
        "The agency says that its people worked in seven districts between April",
        "7, 2023 and April 20, 2023 and that they went over 410 hectares in that",
        "time. Eleven mines were found, of which nine were laid against vehicles",
        "and two against people; all of them were destroyed where they lay. None",
        "was hurt.",
    ]
    assert clean("\n".join(lines)).text == " ".join(lines)


@given(TEXTS)
@settings(deadline=None)
def test_offsets_never_fall_and_bound_the_text(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned.offsets) == len(cleaned.text) + 1
    assert list(cleaned.offsets) == sorted(cleaned.offsets)
    assert cleaned.offsets[-1] == len(text)


@given(TEXTS)
@settings(deadline=None)
def test_every_word_leads_back_to_source_that_cleans_to_it(text: str) -> None:
    document = as_document(text)
    position = 0
    for word in document.cleaned.text.split():
        start = document.cleaned.text.index(word, position)
        position = start + len(word)
        first, last = source_span(document, start, position)
        # A word broken at a line end is whole only with its neighbours; cleaned alone it may keep the hyphen.
        assert clean(text[first:last]).text.strip() == word


@given(TEXTS)
@settings(deadline=None)
def test_every_sentence_leads_back_to_its_words(text: str) -> None:
    document = as_document(text)
    for start, end in sentences(document.cleaned.text):
        first, last = source_span(document, start, end)
        again = clean(document.text[first:last]).text
        assert again.split() == document.cleaned.text[start:end].split()


@given(TEXTS)
@settings(deadline=None)
def test_cleaning_twice_changes_nothing_more_than_once(text: str) -> None:
    once = clean(text).text
    assert clean(once).text.split() == once.split()


def test_a_part_is_cleaned_with_offsets_into_the_whole() -> None:
    text = "---\npublisher: x\n---\nFive\u00a0mines"
    cleaned = clean(text, start=21)
    assert cleaned.text == "Five mines"
    assert text[cleaned.offsets[0]:cleaned.offsets[4]] == "Five"


def test_spans_outside_the_text_are_refused() -> None:
    with pytest.raises(ValueError, match="no span"):
        source_span(as_document("abc"), 2, 9)


def test_spans_begin_and_end_with_something_seen() -> None:
    document = as_document("\u202bFive\u200b mines\u00ad ")
    first, last = source_span(document, 0, len(document.cleaned.text))
    assert document.text[first:last] == "Five\u200b mines"


@given(st.text(max_size=60))
@settings(deadline=None)
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert len(fold_letters(text)) == len(text)


def test_letters_lost_in_print_are_folded_alike() -> None:
    assert fold_letters("ƏRAZİLƏRDƏ") == fold_letters("erazilerde")


def test_tables_are_left_as_they_are() -> None:
    text = "a;b\r\n“1”;2"
    assert uncleaned(text).text == text


@pytest.mark.parametrize("unit", [
    "\u0301", "a\n", "\u00ad", " ", " \n", "a-\nb", "1\u00a0", "Aа", "ﬁ", "(", "\r", "a", "ş", "a-", "9,",
])
def test_long_hostile_runs_are_cleaned(unit: str) -> None:
    text = "five mines " + unit * (300_000 // len(unit))
    assert clean(text).text.startswith("five mines")
