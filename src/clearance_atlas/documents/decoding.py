"""From the bytes of a file to its text: which encoding, told by evidence, with a word on every repair."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clearance_atlas.documents.language import language_scores
from clearance_atlas.errors import DocumentError

_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)
_ARCHIVES = (
    (b"\x1f\x8b", "a gzip archive"), (b"PK\x03\x04", "a zip archive"), (b"%PDF-", "a PDF"), (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"), (b"\x89PNG", "an image"), (b"\xff\xd8\xff", "an image"),
)
# One-byte encodings that bulletins of the region came in; none of them can be told from its bytes alone.
_LEGACY = ("cp1251", "koi8-r", "cp866", "cp1254", "cp1252")
_MISREAD_AS = ("cp1252", "cp1251", "latin-1")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Letters that open the halves of a UTF-8 letter read as a one-byte encoding: Ã¼, É™, Ð¼, РјРёРЅ, Й™.
_MOJIBAKE = re.compile("[ÂÃÄÅÉÐÑ][\u0080-\u00bf\u0152-\u0178\u2013-\u203a\u20ac\u2122]|"
                       "[РСДЕГЙ][\u0402-\u040f\u0452-\u045f\u20ac\u2122]")
_ENOUGH_MOJIBAKE = 3
_SAMPLE = 20_000
_PROBE = 2_000
_LAST_CHARACTER = 3
_CLEAR_SCORE = 2


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, its encoding, and what a person should know about how it was read."""

    text: str
    encoding: str
    remark: str = ""
    needs_person: bool = False


def decode(data: bytes, *, where: str, declared: str | None = None) -> Decoded:
    """Return the text of a file's bytes.

    UTF-8 and marked or evident UTF-16 are certain. A one-byte encoding is chosen by the words that come out, and said
    so; text that was encoded twice is turned back, and said so.

    Parameters
    ----------
    data
        The bytes; an archive or an image is refused.
    where
        The file, for messages.
    declared
        The encoding that the file names itself, believed when the bytes are not UTF-8 and fit it.

    Raises
    ------
    DocumentError
        If the bytes are an archive, an image or in no encoding that gives words.
    """
    for magic, what in _ARCHIVES:
        if data.startswith(magic):
            raise DocumentError(where, f"this is {what}, not text", mend="unpack or convert it, or mend its file name")
    decoded = _wide(data) or _utf8(data) or _declared(data, declared) or _damaged(data) or _legacy(data)
    if decoded is None:
        raise DocumentError(where, "unknown encoding", mend="save the file as UTF-8")
    return _without_surrogates(_once_encoded(decoded))


def _wide(data: bytes) -> Decoded | None:
    """Decode UTF-16 and UTF-32 by their mark, or UTF-16 by where its zero bytes stand."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _cut(data, encoding=encoding)
    sample = data[:_SAMPLE]
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    if max(odd, even) * 10 < len(sample) or max(odd, even) < 2 * min(odd, even):
        return None
    # ASCII, spaces and line ends have a zero as their high byte.
    return _cut(data, encoding="utf-16-le" if odd > even else "utf-16-be")


def _cut(data: bytes, *, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    if "\ufffd" not in text:
        return Decoded(text, encoding)
    return Decoded(text, encoding, f"{text.count(chr(0xfffd))} damaged characters ({encoding}); "
                                   "get the file again if figures are missing", needs_person=True)


def _utf8(data: bytes) -> Decoded | None:
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if error.start > 0 and len(data) - error.start <= _LAST_CHARACTER and error.reason == "unexpected end of data":
            return Decoded(data[:error.start].decode("utf-8"), "utf-8",
                           "cut off in the middle of a character; get the whole file", needs_person=True)
    return None


def _declared(data: bytes, encoding: str | None) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding) if encoding else None
    except (LookupError, UnicodeError, ValueError):
        return None


def _damaged(data: bytes) -> Decoded | None:
    """Decode UTF-8 in which a few bytes are wrong."""
    text = data.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    sound = sum(character > "\x7f" for character in text) - damaged
    if sound <= 2 * damaged:
        return None
    return Decoded(text, "utf-8", f"{damaged} damaged characters (UTF-8); get the file again if figures are missing",
                   needs_person=True)


def _legacy(data: bytes) -> Decoded | None:
    """Choose the one-byte encoding whose text has the most words of a known language."""
    best: tuple[float, str] | None = None
    for encoding in _LEGACY:
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = _readability(data[:_SAMPLE].decode(encoding, errors="replace"))
        if best is None or score > best[0]:
            best = (score, encoding)
    if best is None or best[0] < _CLEAR_SCORE:
        return None
    return Decoded(data.decode(best[1]), best[1], f"not UTF-8; read as {best[1]}, save it as UTF-8 to be sure")


def _readability(text: str) -> float:
    controls = sum(character < " " and character not in "\t\r\n" for character in text)
    return max(language_scores(text).values()) - controls


def _once_encoded(decoded: Decoded) -> Decoded:
    """Turn text back that was UTF-8, read as a one-byte encoding and saved as UTF-8 again."""
    text = decoded.text
    if text.isascii():
        return decoded
    for encoding in _MISREAD_AS:
        try:
            _turned_back(text[:_PROBE], encoding=encoding, at_end="ignore")
            mended = _turned_back(text, encoding=encoding)
        except UnicodeError:
            continue
        if len(text) - len(mended) >= _ENOUGH_MOJIBAKE:
            return Decoded(mended, encoding, f"garbled letters: UTF-8 that was read as {encoding}; turned back, "
                                             "get the original to be sure", needs_person=True)
    if len(_MOJIBAKE.findall(text[:_SAMPLE])) < _ENOUGH_MOJIBAKE:
        return decoded
    return Decoded(text, decoded.encoding, "garbled letters (wrong encoding somewhere before); get the original",
                   needs_person=True)


def _turned_back(text: str, *, encoding: str, at_end: str = "strict") -> str:
    """Return the text that bytes misread as ``encoding`` stood for; with a cut end, of what is whole."""
    data = _encode_sloppily(text, encoding=encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if at_end == "ignore" and len(data) - error.start <= _LAST_CHARACTER:
            return data[:error.start].decode("utf-8")
        raise


def _encode_sloppily(text: str, *, encoding: str) -> bytes:
    """Encode a text, with control characters for the bytes that the code page leaves open."""
    return b"".join(
        bytes([ord(character)]) if "\x80" <= character <= "\x9f" else character.encode(encoding) for character in text
    )


def _without_surrogates(decoded: Decoded) -> Decoded:
    if _SURROGATE.search(decoded.text) is None:
        return decoded
    return Decoded(_SURROGATE.sub("\ufffd", decoded.text), decoded.encoding,
                   decoded.remark or "lone surrogates replaced; they stand for no character")
