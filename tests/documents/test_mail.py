"""Messages give their body, their subject and the day they were sent."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from clearance_atlas.documents import read_documents
from clearance_atlas.documents.mail import read_mail
from clearance_atlas.errors import DocumentError

if TYPE_CHECKING:
    from pathlib import Path

BODY = "The agency found 28 mines in the week and cleared 12 hectares."


def message(*, html: bool = False) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = "Həftənin yekunu"
    mail["Date"] = "Mon, 08 Jul 2024 17:42:00 +0400"
    mail["From"] = "Desk <desk@example.org>"
    mail.set_content(f"<html><body><p>{BODY}</p></body></html>" if html else BODY, subtype="html" if html else "plain")
    return mail


@pytest.mark.parametrize("html", [False, True])
def test_body_subject_and_date(tmp_path: Path, html: bool) -> None:  # noqa: FBT001  a parameter of the test
    (tmp_path / "a.eml").write_bytes(message(html=html).as_bytes())
    (document,) = read_documents([tmp_path]).documents
    assert document.cleaned.text.strip() == BODY
    assert document.title == "Həftənin yekunu"
    assert (document.published, document.published_source) == (date(2024, 7, 8), "metadata")


def test_attachments_are_named() -> None:
    mail = message()
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="week.pdf")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    (problem,) = read_mail(mail.as_bytes(), where="a.eml").problems
    assert "week.pdf" in problem.what
    assert "logo.png" not in problem.what


def test_old_encodings() -> None:
    text = "За неделю найдено 12 мин."
    data = b"Subject: x\nContent-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: 8bit\n\n"
    assert read_mail(data + text.encode("koi8-r"), where="a.eml").text.strip() == text


@pytest.mark.parametrize("data", [
    b"Subject: x\n\n", b"Content-Type: multipart/mixed; boundary=x\n\n--x\n", b"Content-Type: image/png\n\nabc",
])
def test_messages_without_text_are_refused(data: bytes) -> None:
    with pytest.raises(DocumentError):
        read_mail(data, where="a.eml")


@pytest.mark.parametrize("header", [b"Date: the day before", b"Date: ", b"Subject: =?no-such?q?=FF?="])
def test_bad_headers_cost_only_themselves(header: bytes) -> None:
    extracted = read_mail(header + b"\n\n" + BODY.encode(), where="a.eml")
    assert extracted.text.strip() == BODY
    assert extracted.published is None
