"""How large a file may be, packed and unpacked, before it is refused."""

import io
import zipfile

from kg.errors import ReportError

LARGEST_TEXT = 20_000_000  # bytes of text, Markdown, HTML; a report is a few thousand characters, a yearbook a few million
LARGEST_PACKED = 100_000_000  # bytes of a DOCX or PDF, which may carry pictures
LARGEST_UNPACKED = 300_000_000  # bytes of all parts of a DOCX
LARGEST_PART = 60_000_000  # bytes of one XML part, which is read into memory as a tree
LARGE_PART = 20_000_000  # bytes, from which on a part must not be too well packed
HIGHEST_RATIO = 200  # unpacked to packed; prose reaches 10, a paragraph repeated a thousand times 300
MOST_PARTS = 5_000
MOST_PAGES = 3_000
MOST_SECONDS = 120  # for the pages of one PDF
MOST_MEMORY = 2_000_000_000  # bytes, while a PDF is read


def check_size(size: int, largest: int, where: object) -> None:
    """Raise ``ReportError`` when ``size`` bytes are more than ``largest``."""
    if size > largest:
        raise ReportError(
            where, f"{size / 1e6:.0f} MB is too large for one report (limit {largest / 1e6:.0f} MB)", "split it into several reports"
        )


def check_archive(data: bytes, where: object) -> None:
    """Raise ``ReportError`` when the ZIP archive ``data`` is damaged or would unpack beyond all measure.

    The sizes in its directory can be trusted: ``zipfile`` never reads more of a part than they say.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise ReportError(where, "this file is damaged", "open it in its program, save it again and try once more") from error
    unpacked = sum(part.file_size for part in parts)
    swollen = any(part.file_size > LARGE_PART and part.file_size > HIGHEST_RATIO * max(part.compress_size, 1) for part in parts)
    huge = any(part.file_size > LARGEST_PART and part.filename.endswith((".xml", ".rels")) for part in parts)
    if swollen or huge or unpacked > LARGEST_UNPACKED or len(parts) > MOST_PARTS:
        raise ReportError(
            where,
            f"it would unpack to {unpacked / 1e6:.0f} MB in {len(parts)} parts, far more than a report holds",
            "save its text as a new document",
        )
    if any(part.flag_bits & 1 for part in parts):
        raise ReportError(where, "this file is encrypted", "open it with its password and save it without one")
