"""The situation report: every figure with its source, in Word, HTML and Markdown."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from html.parser import HTMLParser

import docx
import pytest
from lxml import etree

from atlas_sample import sample_content
from clearance_atlas.errors import UnknownNameError
from clearance_atlas.exports.report import ReportFormat, compose_report, situation_report

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WEEK = "week-2024-07-01"


def document_of(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


@pytest.mark.parametrize("name", list(ReportFormat))
def test_same_bytes_again(name: ReportFormat) -> None:
    content = sample_content()
    assert situation_report(content, WEEK, report_format=name) == situation_report(content, WEEK, report_format=name)


def test_word_file_opens_with_table_map_and_alt_text() -> None:
    document = docx.Document(io.BytesIO(situation_report(sample_content(), "year-2023")))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Situation report: 2023" in text
    assert "Not a safety map" in text
    cells = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    assert ["Jabrayil", "14,016.7", "13.3"] in cells
    pictures = [element for element in document.element.iter() if element.tag.endswith("}docPr")]
    assert "Jabrayil: 14,016.7" in pictures[0].get("descr")


def test_each_key_figure_has_a_real_footnote_with_its_source() -> None:
    archive = document_of(situation_report(sample_content(), WEEK))
    body = etree.fromstring(archive.read("word/document.xml"))
    marks = [mark.get(f"{W}id") for mark in body.iter(f"{W}footnoteReference")]
    notes = {note.get(f"{W}id"): "".join(note.itertext()) for note in
             etree.fromstring(archive.read("word/footnotes.xml")).iter(f"{W}footnote")}
    assert marks == ["1", "2", "3"]
    for mark in marks:
        assert "Our abstract of @Test Gazette, 1 September 2024, https://example.org/week" in notes[mark]


def test_no_clock_in_the_word_file() -> None:
    archive = document_of(situation_report(sample_content(), WEEK))
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert b"2024-09-02T00:00:00Z" in archive.read("docProps/core.xml")


def test_control_characters_do_not_lose_the_report() -> None:
    content = sample_content()
    documents = tuple(dataclasses.replace(one, publisher="A\x00\x0b\ufffe outlet") for one in content.documents)
    archive = document_of(situation_report(dataclasses.replace(content, documents=documents), WEEK))
    assert b"A outlet" in archive.read("word/footnotes.xml")


def test_html_asks_for_nothing_and_escapes_everything() -> None:
    content = sample_content()
    documents = tuple(dataclasses.replace(one, publisher="<script>{{ 7*7 }}</script>") for one in content.documents)
    page = situation_report(dataclasses.replace(content, documents=documents), WEEK, report_format="html").decode()
    assert "<script" not in page
    assert "{{ 7*7 }}" in page
    addresses: list[str] = []

    class Finder(HTMLParser):
        def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
            addresses.extend(value or "" for name, value in attributes if tag != "a" and name in {"src", "href"})

    Finder().feed(page)
    assert len(addresses) >= 1
    assert all(address.startswith("data:image/svg+xml;base64,") for address in addresses)
    assert "default-src 'none'" in page


def test_markdown_numbers_its_footnotes() -> None:
    text = situation_report(sample_content(), "year-2023", report_format="md").decode()
    assert re.findall(r"(?<!^)\[\^(\d+)\]", text, flags=re.MULTILINE) == ["1"]
    assert re.findall(r"^\[\^(\d+)\]: ", text, flags=re.MULTILINE) == ["1"]
    assert "| Jabrayil | 14,016.7 | 13.3 |" in text


def test_joint_figure_is_said_to_be_joint() -> None:
    report = compose_report(sample_content(), WEEK)
    area = report.key_figures[0]
    assert (area.figure, area.place) == ("1,039.5 ha", "jointly in 13 districts")
    assert any("No district has a share" in text for text in report.caveats)


@pytest.mark.parametrize(("period", "name", "language", "nearest"), [
    ("week-2024-07-08", "docx", None, WEEK), (WEEK, "doc", None, "docx"), (WEEK, "md", "english", "en")])
def test_unknown_names_are_answered_with_the_nearest(period: str, name: str, language: str | None,
                                                     nearest: str) -> None:
    with pytest.raises(UnknownNameError, match=f"did you mean {nearest}"):
        situation_report(sample_content(), period, report_format=name, language=language)


@pytest.mark.parametrize("language", ["az", "ru"])
def test_report_speaks_the_language_asked_for(language: str) -> None:
    text = situation_report(sample_content(), WEEK, report_format="md", language=language).decode()
    assert {"az": "Vəziyyət hesabatı", "ru": "Обзор обстановки"}[language] in text
    assert "Not a safety map" not in text
