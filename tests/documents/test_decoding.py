"""Files in any encoding are read, or refused in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearance_atlas.documents import read_documents
from clearance_atlas.documents.decoding import decode
from clearance_atlas.errors import DocumentError

if TYPE_CHECKING:
    from pathlib import Path

RUSSIAN = "За неделю сапёры в районах нашли 12 мин и очистили 34 га земли, сообщили в агентстве."
AZERBAIJANI = "Həftə ərzində Ağdam və Füzuli rayonlarında 12 hektar sahə minalardan təmizlənib, şənbə günü."
TURKISH = "Bir haftada 12 hektar alan temizlendi ve 5 mayın imha edildi, çalışmalar için ekip geldi."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", [RUSSIAN, AZERBAIJANI, TURKISH])
def test_unicode_encodings_are_certain(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding), where="a.txt")
    assert decoded.text.lstrip("\ufeff") == text
    assert decoded.remark == ""


@pytest.mark.parametrize(("text", "encoding"), [
    (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (RUSSIAN, "cp866"), (TURKISH, "cp1254"),
])
def test_old_encodings_are_told_by_the_words_that_come_out(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding), where="a.txt")
    assert decoded.text == text
    assert encoding in decoded.remark


@pytest.mark.parametrize("misread", ["cp1252", "cp1251", "latin-1"])
def test_text_encoded_twice_is_turned_back_and_said(misread: str) -> None:
    garbled = AZERBAIJANI.encode().decode(misread, errors="ignore")
    garbled = garbled if misread == "latin-1" else "".join(
        bytes([byte]).decode(misread, errors="replace").replace("\ufffd", chr(byte)) for byte in AZERBAIJANI.encode()
    )
    decoded = decode(garbled.encode(), where="a.txt")
    assert decoded.text == AZERBAIJANI
    assert decoded.needs_person
    assert "garbled" in decoded.remark


def test_text_cut_within_a_character() -> None:
    whole = AZERBAIJANI.encode()
    decoded = decode(whole[:whole.rindex("ü".encode()) + 1], where="a.txt")
    assert "cut off" in decoded.remark
    assert AZERBAIJANI.startswith(decoded.text)


def test_single_wrong_bytes_cost_only_themselves() -> None:
    data = AZERBAIJANI.encode().replace(b"12", b"1\xff2")
    decoded = decode(data, where="a.txt")
    assert decoded.text == AZERBAIJANI.replace("12", "1\ufffd2")
    assert decoded.needs_person


@pytest.mark.parametrize("data", [
    bytes(range(128, 256)) * 4, b"\x1f\x8b\x08" + b"0" * 50, b"PK\x03\x04" + b"0" * 50, b"%PDF-1.7 ...",
])
def test_what_is_no_text_is_refused_with_a_mend(data: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        decode(data, where="a.txt")
    assert caught.value.where == "a.txt"
    assert caught.value.mend


def test_lone_surrogates_do_not_travel_on() -> None:
    decoded = decode("five \ud83d mines".encode("utf-16-le", errors="surrogatepass"), where="a.txt")
    decoded.text.encode("utf-8")
    assert decoded.text.startswith("five ")


def test_declared_encoding_is_believed_where_it_fits() -> None:
    assert decode(RUSSIAN.encode("koi8-r"), where="a", declared="koi8-r").text == RUSSIAN
    assert decode(RUSSIAN.encode(), where="a", declared="koi8-r").text == RUSSIAN
    assert decode(RUSSIAN.encode("cp1251"), where="a", declared="no-such").text == RUSSIAN


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_any_bytes_give_text_or_one_clear_error(data: bytes) -> None:
    try:
        text = decode(data, where="a.txt").text
    except DocumentError as error:
        text = str(error)
    assert text.encode("utf-8").decode("utf-8") == text


def test_the_encoding_that_was_guessed_is_a_problem_line_for_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(RUSSIAN.encode("cp1251"))
    reading = read_documents([path])
    assert reading.documents[0].language == "ru"
    assert reading.problems[0].where == path.as_posix()
    assert "cp1251" in reading.problems[0].what
