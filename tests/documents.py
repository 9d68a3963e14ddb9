"""Documents that the tests make for themselves: PDFs with Chinese text, DOCX files, all invented."""

import io
import zipfile
from collections.abc import Sequence

LINE = 36  # full-width characters a line


def pdf(
    pages: Sequence[Sequence[str]],
    *,
    head: str = "",
    foot: bool = False,
    password: str = "",
    columns: int = 1,
    as_lines: bool = False,
    by_rows: bool = False,
) -> bytes:
    """Return a PDF of A4 pages; each page is a list of paragraphs, set in 12 points and indented by two characters, or of lines."""
    from reportlab.lib import pdfencrypt
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    encrypt = pdfencrypt.StandardEncryption(password, ownerPassword="owner") if password else None
    sheet = canvas.Canvas(out, pagesize=(595, 842), invariant=1, encrypt=encrypt)
    for number, paragraphs in enumerate(pages, 1):
        sheet.setFont("STSong-Light", 9)
        if head:
            sheet.drawString(72, 808, head)
        if foot:
            sheet.drawString(290, 30, f"- {number} -")
        sheet.setFont("STSong-Light", 12)
        width, chars = 451 / columns, LINE // columns - (columns > 1)
        drawn: list[tuple[float, float, str]] = []
        for column in range(columns):
            y = 740.0
            for paragraph in paragraphs[column::columns]:
                for line in [paragraph] if as_lines else wrapped(paragraph, chars):
                    drawn.append((72 + column * width, y, line))
                    y -= 18
        for x, y, line in sorted(drawn, key=lambda item: -item[1]) if by_rows else drawn:
            sheet.drawString(x, y, line)
        sheet.showPage()
    sheet.save()
    return out.getvalue()


def wrapped(paragraph: str, chars: int) -> list[str]:
    """Return the lines of a paragraph as a word processor breaks them: no line starts with a mark, no number is cut."""
    lines, line, width = [], "", 0.0
    words: list[str] = []
    for char in "　　" + paragraph:
        if char in "，。、；：）”%" or (words and char.isascii() and words[-1][-1].isascii()):
            words[-1] += char
        else:
            words.append(char)
    for word in words:
        wide = sum(0.5 if char.isascii() else 1 for char in word)
        if width + wide > chars + 1:
            lines.append(line)
            line, width = "", 0.0
        line, width = line + word, width + wide
    return [*lines, line]


def docx(build: "object" = None) -> bytes:
    """Return a DOCX document; ``build`` is called with the empty python-docx document."""
    from docx import Document

    document = Document()
    if callable(build):
        build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """Return the archive ``data`` with the part ``name`` replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            if part != name:
                after.writestr(part, before.read(part))
        after.writestr(name, content)
    return out.getvalue()


def part_of(data: bytes, name: str) -> bytes:
    """Return the part ``name`` of the archive ``data``."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)
