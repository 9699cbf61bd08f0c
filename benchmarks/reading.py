"""How long reading takes: many small files, cleaning and splitting a long text, and hostile texts of growing length.

Run ``python benchmarks/reading.py [FOLDER]``; the folder's bulletins are read (default: the shipped ones).
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter

from clearance_atlas.config import resource
from clearance_atlas.documents import clean, read_documents, sentences

HOSTILE = {
    "combining marks": "\u0301", "line ends": "a\n", "soft hyphens": "\u00ad", "spaces": " ",
    "hyphens at line ends": "a-\nb",
    "mixed scripts": "Aа", "ligatures": "ﬁ", "carriage returns": "\r",
    "digits": "9", "letters": "a", "capitals": "A", "full stops": ".",
    "abbreviations": "Nov. ", "initials": "A. ", "quotation marks": '"',
}
MEGABYTE = 1_000_000


def main() -> None:
    """Measure and print."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else resource("bulletins")
    for attempt in ("first", "again"):
        start = perf_counter()
        reading = read_documents([folder])
        print(f"{len(reading.documents)} documents of {folder.name}, {attempt}: {perf_counter() - start:.3f} s")
    plain = "\n\n".join(document.cleaned.text for document in reading.documents if document.media_type == "text/plain")
    long_text = plain * (5 * MEGABYTE // len(plain))
    start = perf_counter()
    cleaned = clean(long_text)
    middle = perf_counter()
    count = len(sentences(cleaned.text))
    end = perf_counter()
    size = len(long_text) / MEGABYTE
    print(f"cleaning {size / (middle - start):.1f} MB/s, {count} sentences at {size / (end - middle):.1f} MB/s")
    for name, unit in HOSTILE.items():
        times = []
        for length in (MEGABYTE, 5 * MEGABYTE):
            text = unit * (length // len(unit))
            start = perf_counter()
            sentences(clean(text).text)
            times.append(perf_counter() - start)
        print(f"{name}: {times[0]:.2f} s for 1 MB, {times[1]:.2f} s for 5 MB, {times[1] / times[0]:.1f} times as long")


if __name__ == "__main__":
    main()
