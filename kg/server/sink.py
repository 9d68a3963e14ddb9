"""Where a worker writes an answer: counted against the caps, in memory while it is small, else in a file."""

import gzip
import os
from collections.abc import Callable
from typing import IO

from kg.server import media
from kg.server.refusal import Refusal
from kg.wording import Wording

IN_MEMORY = 1 << 20  # bytes; what is longer goes to a file, from which the server reads while the worker is free again
WORTH_PACKING = 1400  # bytes; what fits one packet is sent as it is
SHORTEST_ROW = 2  # bytes: the line end of CSV
_LEVEL = 3  # of gzip: half the time of the usual 6 for a tenth more bytes


class Sink:
    """A binary stream that counts bytes and rows and raises ``Refusal`` beyond the caps.

    ``spill`` is the file for a long answer, compressed there when ``pack``. ``form`` is the media type of a table whose
    rows are counted; triples are capped by bytes alone.
    """

    def __init__(self, spill: str, *, bytes_cap: int, rows_cap: int, pack: bool) -> None:
        self.form = ""
        self._spill, self._pack = spill, pack
        self._bytes_cap, self._rows_cap = bytes_cap, rows_cap
        self._parts: list[bytes] = []
        self._file: IO[bytes] | None = None
        self._count: Callable[[bytes], int] | None = None
        self._bytes = self._rows = 0

    def write(self, data: bytes) -> int:
        self._bytes += len(data)
        if self._bytes > self._bytes_cap:
            raise too_long(self._bytes_cap)
        if self._file is None:
            self._parts.append(data)
            if self._bytes > IN_MEMORY:
                self._to_file()
        else:
            self._note(data)
            self._file.write(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: ``finish`` closes the file."""

    def finish(self) -> tuple[bytes, bool, bool]:
        """Return the answer (empty when it is in the file), whether it is in the file, and whether it is compressed."""
        if self._file is not None:
            self._file.close()
            return b"", True, self._pack
        body = b"".join(self._parts)
        if self._bytes > SHORTEST_ROW * self._rows_cap:  # a shorter answer cannot have too many rows
            self._note(body)
        if self._pack and len(body) > WORTH_PACKING:
            return gzip.compress(body, _LEVEL, mtime=0), False, True
        return body, False, False

    def discard(self) -> None:
        """Give up what was written so far."""
        if self._file is not None:
            self._file.close()
            os.unlink(self._spill)

    def _note(self, data: bytes) -> None:
        """Count the rows in the next piece; the heading of CSV and TSV is no row."""
        if self._count is None:
            self._count = row_counter(self.form)
            self._rows = -(self.form in (media.CSV, media.TSV))
        self._rows += self._count(data)
        if self._rows > self._rows_cap:
            raise too_many(self._rows_cap)

    def _to_file(self) -> None:
        if self._pack:
            self._file = gzip.GzipFile(self._spill, "wb", compresslevel=_LEVEL, mtime=0)  # type: ignore[assignment]
        else:
            self._file = open(self._spill, "wb")  # noqa: SIM115  (finish closes it)
        for part in self._parts:
            self._note(part)
            self._file.write(part)  # type: ignore[union-attr]
        self._parts.clear()


def row_counter(form: str) -> Callable[[bytes], int]:
    """Return a function that counts the rows in the next piece of an answer of the media type ``form``.

    Rows are seen by their ends, also when one falls between two pieces. A JSON row in which nothing is bound is not
    seen, the last one neither, and a literal that consists of ``}},{`` counts as one more: near enough for a cap.
    """
    if form == media.CSV:
        return _CsvRows()
    ends = {media.JSON: b'"}},{"', media.XML: b"</result>", media.TSV: b"\n"}.get(form)
    return _Ends(ends) if ends else lambda data: 0


class _Ends:
    def __init__(self, end: bytes) -> None:
        self._end, self._last = end, b""

    def __call__(self, data: bytes) -> int:
        joined = self._last + data
        self._last = joined[len(joined) - len(self._end) + 1 :] if len(self._end) > 1 else b""
        return joined.count(self._end)


class _CsvRows:
    """Line ends outside quotes (RFC 4180)."""

    def __init__(self) -> None:
        self._quoted = False

    def __call__(self, data: bytes) -> int:
        pieces = data.split(b'"')
        rows = sum(piece.count(b"\n") for piece in pieces[int(self._quoted) :: 2])
        self._quoted ^= len(pieces) % 2 == 0
        return rows


def too_long(cap: int) -> Refusal:
    what = Wording(f"结果超过 {cap:,} 字节的上限，未发送", f"the answer is longer than {cap:,} bytes, the limit, and was not sent")
    return Refusal(422, "byte-limit", what, _NARROWER)


def too_many(cap: int) -> Refusal:
    what = Wording(f"结果超过 {cap:,} 行的上限，未发送", f"the answer has more than {cap:,} rows, the limit, and was not sent")
    return Refusal(422, "row-limit", what, _NARROWER)


_NARROWER = Wording("请缩小查询范围，或用 LIMIT 与 OFFSET 分段获取", "narrow the query, or fetch it in parts with LIMIT and OFFSET")
