"""E-mail messages: the body as text, the subject as title, the date of sending as metadata."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from clearance_atlas.documents.decoding import decode
from clearance_atlas.documents.extracted import Extracted
from clearance_atlas.errors import DocumentError
from clearance_atlas.model import Problem

if TYPE_CHECKING:
    from datetime import date

_FIGURES_MAY_BE_IN = (".pdf", ".docx", ".csv", ".xlsx", ".xls", ".txt", ".html", ".eml", ".zip")


def read_mail(data: bytes, *, where: str) -> Extracted:
    """Return the plain text of a message, or the text of its HTML.

    Attachments are not read; those that may hold figures are named in a problem.

    Raises
    ------
    DocumentError
        If the message has no text.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    if not isinstance(message, EmailMessage):
        raise DocumentError(where, "not an e-mail message", mend="save it again as .eml")
    try:
        body = message.get_body(preferencelist=("plain", "html"))
        payload = body.get_payload(decode=True) if body is not None else None
    except (LookupError, ValueError, AttributeError, TypeError, RecursionError) as error:
        raise DocumentError(where, f"a message that cannot be taken apart: {error}", mend="save its text") from error
    if body is None or not isinstance(payload, bytes) or not payload.strip():
        raise DocumentError(where, "no text in the message", mend="save the attachment instead")
    text, problems = _body_text(body, payload, where=where)
    attached = [name for name in map(_name, message.iter_attachments()) if name.lower().endswith(_FIGURES_MAY_BE_IN)]
    if attached:
        problems.append(Problem(where, f"attachments not read: {', '.join(attached)}", "save them beside the message"))
    return Extracted(text=text, title=_header(message, "Subject"), published=_sent(message), problems=tuple(problems))


def _body_text(body: MIMEPart[Any, Any], payload: bytes, *, where: str) -> tuple[str, list[Problem]]:
    if body.get_content_type() == "text/html":
        from clearance_atlas.documents.webpage import read_webpage  # noqa: PLC0415  heavy, only for HTML messages

        page = read_webpage(payload, where=where)
        return page.text, list(page.problems)
    decoded = decode(payload, where=where, declared=body.get_content_charset())
    remark = [Problem(where, decoded.remark, needs_person=decoded.needs_person)] if decoded.remark else []
    return decoded.text, remark


def _header(message: EmailMessage, name: str) -> str | None:
    """Return a header as one line of text; a header that cannot be parsed counts as none."""
    try:
        value = message[name]
    except (LookupError, ValueError, AttributeError, TypeError):
        return None
    return " ".join(str(value).split()) or None if value else None


def _sent(message: EmailMessage) -> date | None:
    value = _header(message, "Date")
    try:
        return parsedate_to_datetime(value).date() if value else None
    except (ValueError, TypeError, IndexError):
        return None


def _name(part: object) -> str:
    name = part.get_filename() if isinstance(part, EmailMessage) else None
    return " ".join(str(name).split()) if name else ""
