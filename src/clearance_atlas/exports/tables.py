"""Frames as CSV and Parquet, the same bytes each time."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

# Spreadsheets run a cell that begins with one of these as a formula (OWASP, "CSV Injection"); full-width forms are
# taken for the ASCII ones by some of them.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
QUOTED = re.compile(r'[,"\r\n]')


def to_csv(frame: pd.DataFrame) -> bytes:
    r"""Return a frame as CSV: UTF-8, comma, LF, one header row, empty cells for what is not known.

    Numbers are written without a thousands separator and without a trailing ``.0``. Text that a spreadsheet would run
    as a formula gets an apostrophe in front; numbers are never touched.

    >>> import pandas as pd
    >>> to_csv(pd.DataFrame({"place": ["=1+1", None], "value": [1039.5, 4286.0]})).decode()
    "place,value\n'=1+1,1039.5\n,4286\n"
    """
    # Columns of Arrow text are read many times faster at once than cell by cell.
    columns = (frame[name].to_numpy(dtype=object) for name in frame.columns)
    return rows_to_csv([list(frame.columns)], zip(*columns, strict=True))


def rows_to_csv(headers: Sequence[Sequence[str]], records: Iterable[Sequence[Any]]) -> bytes:
    """Return header rows, written as they are, and records as CSV bytes."""
    lines = [",".join(map(quoted, header)) for header in headers]
    lines += [",".join([quoted(cell(value)) for value in record]) for record in records]
    # A lone surrogate in a bulletin is no reason to lose the table: it is written as a question mark.
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def quoted(text: str) -> str:
    r"""Put a cell in quotes where RFC 4180 asks for it.

    The csv module leaves a lone carriage return bare when lines end with LF, which readers take for an end of line.

    >>> quoted("a,b"), quoted("plain")
    ('"a,b"', 'plain')
    >>> quoted("x\ry") == chr(34) + "x\ry" + chr(34)
    True
    """
    return '"' + text.replace('"', '""') + '"' if QUOTED.search(text) else text


def cell(value: Any) -> str:  # noqa: ANN401 - whatever a frame holds
    """Return the text of one cell.

    >>> [cell(value) for value in (None, float("nan"), True, 69205.7, 0.0, "Aghdam", "@sum")]
    ['', '', 'true', '69205.7', '0', 'Aghdam', "'@sum"]
    """
    if isinstance(value, str):
        return neutral(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return "" if math.isnan(value) else plain_number(value)
    if value is None or missing(value):
        return ""
    return neutral(str(value))


def missing(value: Any) -> bool:  # noqa: ANN401 - whatever a frame holds
    """Tell whether a cell is empty: ``None``, NaN or pandas' ``NA``."""
    import pandas as pd  # noqa: PLC0415 - a third of a second that the command line need not pay to start

    return value is None or bool(pd.isna(value))


def neutral(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run as a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def plain_number(value: float) -> str:
    """Return the shortest decimal that reads back as the same number, never in powers of ten.

    >>> plain_number(1e16), plain_number(1e-7), plain_number(53081.8), plain_number(-0.0)
    ('10000000000000000', '0.0000001', '53081.8', '0')
    """
    text = repr(float(value))
    text = format(Decimal(text), "f") if "e" in text else text
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def to_parquet(frame: pd.DataFrame, *, metadata: dict[str, str] | None = None) -> bytes:
    """Return a frame as Parquet (zstd, one row group), with ``metadata`` in the file's footer.

    Text is written as it is: Parquet readers run no formulas.
    """
    import pyarrow as pa  # noqa: PLC0415 - costs start-up time that other formats need not pay
    import pyarrow.parquet as pq  # noqa: PLC0415 - the same

    table = pa.Table.from_pandas(frame, preserve_index=False)
    # The pandas entry of the footer names the versions of the libraries: other bytes after an upgrade, for nothing.
    table = table.replace_schema_metadata(dict(sorted((metadata or {}).items())))
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", row_group_size=max(len(frame), 1))
    return bytes(sink.getvalue())
