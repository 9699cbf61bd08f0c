"""Page assembly: an autoescaping template environment, files of scripts and styles, and the Content-Security-Policy.

Plain text is escaped wherever it meets a template. The files of ``scripts/`` and ``styles/`` are the only markup that
passes as it stands, and no text of a bulletin, a boundary file or a table ever becomes part of a template.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = Path(__file__).parent


@cache
def environment() -> Environment:
    """Return the environment of all page templates: autoescaping, and an undefined name is an error."""
    return Environment(
        loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )


@cache
def script(name: str) -> Markup:
    """Return a file of ``scripts/``, ready to stand in a script element."""
    return Markup((FOLDER / "scripts" / name).read_text("utf-8"))  # noqa: S704 - a file of the package, no input


@cache
def stylesheet(name: str) -> Markup:
    """Return a file of ``styles/``, ready to stand in a style element."""
    return Markup((FOLDER / "styles" / name).read_text("utf-8"))  # noqa: S704 - a file of the package, no input


def ascii_markup(text: str) -> str:
    """Return markup with every other character as its reference: a browser reads it faster, and always rightly.

    It must hold no script or style of other characters, where references mean nothing.

    >>> ascii_markup("1\u20137 July")
    '1&#8211;7 July'
    """
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii")


def ascii_style(text: str) -> str:
    r"""Return a style sheet with every other character as its escape (CSS Syntax Level 3, 2.1).

    >>> ascii_style('a::after { content: "\u2191"; }')
    'a::after { content: "\\2191 "; }'
    """
    return re.sub(r"[^\x00-\x7f]", lambda letter: f"\\{ord(letter[0]):x} ", text)


def content_hash(text: str) -> str:
    """Return the CSP source of an inline element: the SHA-256 of its text (Content Security Policy Level 3, 2.3.1).

    >>> content_hash("alert('Hello, world.');")
    "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
    """
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def page_policy(*, scripts: Iterable[str], styles: Iterable[str] = (), images: Iterable[str] = (),
                connect: bool = False) -> str:
    """Return the policy of a page that is whole in itself: nothing is loaded and nothing runs but the given elements.

    Parameters
    ----------
    scripts, styles
        The exact text of every script and style element. Without ``styles`` any inline style element is allowed.
    images
        Hosts of pictures; none but those in the page itself unless given.
    connect
        Whether the page may talk to the server that it came from (the served review page).
    """
    style = " ".join(content_hash(text) for text in styles) or "'unsafe-inline'"
    parts = [
        "default-src 'none'",
        f"script-src {' '.join(content_hash(text) for text in scripts)}",
        f"style-src {style}",
        " ".join(["img-src data:", *images]),
        "base-uri 'none'",
        "form-action 'none'",
        *(["connect-src 'self'"] if connect else []),
    ]
    return "; ".join(parts)
