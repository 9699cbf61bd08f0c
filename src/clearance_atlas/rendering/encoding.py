"""Short text for what a page carries.

Coordinates and values are whole numbers as base 64 digits of five bits, as in source maps ("VLQ"); data are JSON that
can stand in markup; what a page needs only after its first map is packed (zlib, RFC 1950, in base 64, RFC 4648).
"""

from __future__ import annotations

import base64
import json
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def _digits(number: int) -> str:
    rest = number << 1 if number >= 0 else (-number << 1) | 1
    text = ""
    while True:
        digit, rest = rest & 31, rest >> 5
        text += DIGITS[digit | 32 if rest else digit]
        if not rest:
            return text


_SMALL = {number: _digits(number) for number in range(-512, 2048)}


def encode_numbers(numbers: Iterable[int]) -> str:
    """Return whole numbers as text, one to three characters for most.

    >>> encode_numbers([0, 1, -1, 15, 16, 123])
    'ACDegB2H'
    """
    return "".join([_SMALL.get(number) or _digits(number) for number in numbers])


def decode_numbers(text: str) -> list[int]:
    """Return the numbers of :func:`encode_numbers`, the way the page's script reads them.

    >>> decode_numbers("ACDegB2H")
    [0, 1, -1, 15, 16, 123]
    """
    numbers, value, shift = [], 0, 0
    for character in text:
        digit = DIGITS.index(character)
        value |= (digit & 31) << shift
        shift += 5
        if not digit & 32:
            numbers.append(-(value >> 1) if value & 1 else value >> 1)
            value, shift = 0, 0
    return numbers


def to_json(value: Any) -> str:  # noqa: ANN401 - anything that JSON holds
    r"""Return compact JSON that can stand inside a script element: ASCII, with no ``<``, ``>`` or ``&`` as such.

    >>> to_json({"name": "</script>"})
    '{"name":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(value, separators=(",", ":"), allow_nan=False)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def pack(text: str) -> str:
    """Return text packed, as ``scripts/wake.js`` unpacks it."""
    return base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")


def unpack(packed: str) -> str:
    """Return the text of :func:`pack`.

    >>> unpack(pack("mine, mine, mine"))
    'mine, mine, mine'
    """
    return zlib.decompress(base64.b64decode(packed)).decode("utf-8")
