"""A folder of bulletins comes out whole, or says which file did not and why."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from clearance_atlas.documents import Reading, clean, read_documents, sentences, source_span
from clearance_atlas.documents.dates import date_of_line
from clearance_atlas.model import Document, DocumentKind

if TYPE_CHECKING:
    from pathlib import Path

BODY = "The agency cleared 12 hectares of land and found five mines in the week."
HEADER = (
    "---\nurl: https://example.org/a\npublisher: Example News\npublished: 2024-07-08\nlanguage: en\n"
    "source_language: az\nkind: abstract\ntitle: A week of work\n---\n"
)


def read_one(path: Path, data: bytes | str) -> Document:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    reading = read_documents([path])
    assert len(reading.documents) == 1, reading.problems
    return reading.documents[0]


def problem_of(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    reading = read_documents([path])
    assert not reading.documents
    (problem,) = reading.problems
    assert path.as_posix() in str(problem)
    assert "\n" not in str(problem)
    assert problem.mend
    return str(problem)


def test_header_is_read_and_left_out_of_the_cleaned_text(tmp_path: Path) -> None:
    document = read_one(tmp_path / "a.txt", HEADER + BODY)
    assert document.text == HEADER + BODY
    assert document.cleaned.text == BODY
    assert document.cleaned.offsets[0] == len(HEADER)
    assert (document.published, document.published_source) == (date(2024, 7, 8), "header")
    assert (document.url, document.publisher) == ("https://example.org/a", "Example News")
    assert (document.language, document.source_language) == ("en", "az")
    assert document.kind is DocumentKind.ABSTRACT
    assert document.title == "A week of work"


@pytest.mark.parametrize("header", [
    HEADER.replace("\n", "\r\n"), "\ufeff" + HEADER, HEADER.replace("published:", "Published :"),
])
def test_header_survives_its_editor(tmp_path: Path, header: str) -> None:
    document = read_one(tmp_path / "a.txt", (header + BODY).encode())
    assert document.published == date(2024, 7, 8)
    assert document.cleaned.text == BODY


@pytest.mark.parametrize(("line", "said"), [
    ("published: 2024-02-30", "no day of the calendar"),
    ("publishd: 2024-02-03", "not a header field"),
    ("kind: rumour", "unknown kind"),
])
def test_faults_of_a_header_are_named_and_the_text_is_read(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"---\n{line}\n---\n{BODY}", "utf-8")
    reading = read_documents([path])
    assert said in str(reading.problems[0])
    assert reading.documents[0].cleaned.text == BODY


def test_open_header_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"---\nurl: x\n{BODY}", "utf-8")
    assert "not closed" in str(read_documents([path]).problems[0])


@pytest.mark.parametrize(("top", "day"), [
    (" date 2022-07-25 25 July 2022 16:30 (UTC+04:00)\n\nBy A. Writer\n\n", date(2022, 7, 25)),
    (" date 2022-02-14 By A. Writer\n\n", date(2022, 2, 14)),
    ("date 2023-03-13 March 13. ", date(2023, 3, 13)),
    ("Menu\n    • 27 oktyabr, 2025\n    • 12:05\n", date(2025, 10, 27)),
    ("21 avqust 2023 16:10\n418\n\n", date(2023, 8, 21)),
    ("5 июля 2024, 10:15\n\n", date(2024, 7, 5)),
    ("15 Ekim 2021\n\n", date(2021, 10, 15)),
    ("A title of its own\n\ndate 2024-07-08 (An exchange) BARDA. \n", date(2024, 7, 8)),
    ("MENAFN08072024000187011040ID1100000000\n\n", date(2024, 7, 8)),
    ("MENAFN99072024000187011040ID1100000000\n\n", None),
    ("By A. Writer\n\n", None),
    ("date 2020-02 ", None),
    ("", None),
])
def test_date_lines_of_newspapers(tmp_path: Path, top: str, day: date | None) -> None:
    document = read_one(tmp_path / "a.txt", top + BODY)
    assert document.published == day
    assert document.published_source == ("byline" if day else None)
    assert BODY in document.cleaned.text


@pytest.mark.parametrize(("line", "day"), [
    ("Published: 8 July 2024", date(2024, 7, 8)),
    ("Monday, July 8, 2024 at 17:42", date(2024, 7, 8)),
    ("08.07.2024 17:42", date(2024, 7, 8)),
    ("2024-07-08T17:42:00", date(2024, 7, 8)),
    ("08-07-2024 [17:42]", date(2024, 7, 8)),
    ("8 İyul , 2024 17:42", date(2024, 7, 8)),
    ("8 İyul 2024    Oxunub: 512", date(2024, 7, 8)),
    ("08.07.2024    çap et   paylaş", date(2024, 7, 8)),
    ("30 February 2024", None),
    ("and September 19, 2023.", None),
    ("July 8", None),
    ("between 8 July 2024 and", None),
])
def test_only_a_whole_date_alone_is_a_date_line(line: str, day: date | None) -> None:
    assert date_of_line(line) == day


def test_title_of_markdown(tmp_path: Path) -> None:
    assert read_one(tmp_path / "a.md", f"# Weekly note\n\n{BODY}").title == "Weekly note"


def test_folders_are_searched_in_order_and_names_made_unique(tmp_path: Path) -> None:
    for name in ("b/week.txt", "a/week.txt", "a/deep/x.md", "a/.hidden.txt", "a/picture.png", "c.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(BODY, "utf-8")
    reading = read_documents([tmp_path, tmp_path / "c.txt"])
    assert [document.document_id for document in reading.documents] == ["x", "a-week", "b-week", "c"]
    assert reading.problems == ()


def test_same_name_in_one_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY, "utf-8")
    (tmp_path / "a.md").write_text(BODY, "utf-8")
    assert len({document.document_id for document in read_documents([tmp_path]).documents}) == 2


def test_one_bad_file_never_stops_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(bytes(range(128, 256)) * 3)
    (tmp_path / "b.pdf").write_bytes(b"no pdf")
    (tmp_path / "c.docx").write_bytes(b"no docx")
    (tmp_path / "d.txt").write_text(BODY, "utf-8")
    reading = read_documents([tmp_path])
    assert [document.document_id for document in reading.documents] == ["d"]
    assert [problem.where.rpartition("/")[2] for problem in reading.problems] == ["a.txt", "b.pdf", "c.docx"]


def test_empty_folder_and_missing_path(tmp_path: Path) -> None:
    reading = read_documents([tmp_path, tmp_path / "nowhere.txt"])
    assert reading.documents == ()
    assert [problem.what for problem in reading.problems] == ["no bulletins in this folder", "no such file or folder"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything is readable for root")
def test_unreadable_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(BODY, "utf-8")
    path.chmod(0)
    assert "cannot be opened" in str(read_documents([path]).problems[0])


def test_folder_loops_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY, "utf-8")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert len(read_documents([tmp_path]).documents) == 1


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.pdf", "a.docx", "a.csv", "a.jsonl", "a.eml"])
def test_empty_files(tmp_path: Path, name: str) -> None:
    assert "empty" in problem_of(tmp_path / name, b" \n")


def test_files_of_other_kinds_are_named(tmp_path: Path) -> None:
    assert "not a kind" in problem_of(tmp_path / "a.xlsx", b"x")


def test_too_large_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clearance_atlas.documents.reading.LARGEST_FILE", 2**20)
    assert "larger than 1 MiB" in problem_of(tmp_path / "a.txt", b"a" * (2**20 + 1))


def check_spans(reading: Reading) -> int:
    checked = 0
    for document in reading.documents:
        text = document.cleaned.text
        for start, end in sentences(text):
            first, last = source_span(document, start, end)
            assert clean(document.text[first:last]).text.split() == text[start:end].split()
            checked += 1
    return checked


def test_real_articles(shared: Path) -> None:
    reading = read_documents([shared / "articles"])
    assert [(document.document_id[:3], document.published) for document in reading.documents] == [
        ("000", date(2022, 2, 14)), ("001", date(2022, 7, 25)), ("002", None), ("003", None), ("004", date(2024, 7, 8)),
    ]
    assert {document.language for document in reading.documents} == {"en"}
    assert reading.problems == ()
    assert check_spans(reading) > 50


def test_spans_of_all_real_texts(shared: Path) -> None:
    assert check_spans(read_documents([shared / "evaluation" / "texts"])) > 150


def test_heavy_libraries_wait_for_their_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(HEADER + BODY, "utf-8")
    (tmp_path / "b.csv").write_text("measure,value\nuxo,5\n", "utf-8")
    program = (
        "import sys; from clearance_atlas.documents import read_documents; "
        f"assert len(read_documents([{str(tmp_path)!r}]).documents) == 2; "
        "print(*sorted({'trafilatura', 'pypdf', 'docx', 'babel', 'lxml', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
