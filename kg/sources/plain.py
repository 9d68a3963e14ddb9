"""Plain text: which encoding it is in, said rather than guessed."""

from kg.errors import ReportError
from kg.sources.limits import LARGEST_TEXT, check_size

# the older encodings of Chinese text, by the name the detector gives them
_CHINESE = {
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "big5": "big5",
    "big5hkscs": "big5hkscs",
    "cp950": "cp950",
}
_SURE = 100  # bytes; less than that is too little to tell encodings apart
_SAMPLE = 200_000  # bytes shown to the detector
_EVERYDAY = frozenset(
    "的一是在不了有和人中大上国我以要他来用生到作地于出就分成会可主年工也能下而子行法民得经十三之部同进着等度家力里如水化高自二理起小物"
    "加都月公全市省区县科技新建文件本日及各政府管第五六七八九四为個個國會發產業區縣對與進這時動學實"
)


def decode(data: bytes, where: object) -> tuple[str, tuple[str, ...]]:
    """Return the text of ``data`` and notes on how it was read.

    UTF-8 is tried first, a byte-order mark stays in the text so that offsets stay true. UTF-16 is known by its mark.
    GB18030 (with GBK and GB2312) and Big5 are accepted when the detector names them, the bytes decode without an error and
    at least every sixth character is an everyday one; else, and below 100 bytes, the file is refused. Raises ``ReportError``
    for an empty, too large, binary or doubtful file.
    """
    check_size(len(data), LARGEST_TEXT, where)
    notes: tuple[str, ...] = ()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text, notes = _decode_utf16(data, where), ("decoded from UTF-16",)
    elif b"\x00" in data[:4096]:
        raise ReportError(where, "this is a binary file, not a text", "save the report as plain UTF-8 text")
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            text, encoding = _decode_older(data, where, error.start)
            notes = (f"decoded from {encoding.upper()}, which was detected and not declared; look the text over",)
    if not text.strip().strip("\ufeff").strip():
        raise ReportError(where, "the report is empty", "give a file with text")
    return text, notes


def _decode_utf16(data: bytes, where: object) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise ReportError(
            where, f"byte {error.start + 1} is not UTF-16, as its first two bytes claim", "save the report as UTF-8"
        ) from error


def _decode_older(data: bytes, where: object, fault: int) -> tuple[str, str]:
    encoding = detect(data)
    if encoding is None:
        raise ReportError(
            where,
            f"byte {fault + 1} is not UTF-8 and the encoding cannot be told for sure (an older Chinese text is often GB18030)",
            "save the report as UTF-8",
        )
    return data.decode(encoding), encoding


def detect(data: bytes) -> str | None:
    """Return the older Chinese encoding of ``data``, or ``None`` when that is in doubt.

    >>> detect(("某市出台了科技创新的政策，并在全市开展工作。" * 4).encode("gbk"))
    'gb18030'
    """
    from charset_normalizer import from_bytes

    if len(data) < _SURE:
        return None
    best = from_bytes(data[:_SAMPLE]).best()
    encoding = _CHINESE.get(best.encoding) if best else None
    if encoding is None:
        return None
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    han = [char for char in text[:_SAMPLE] if "\u4e00" <= char <= "\u9fff"]
    everyday = sum(char in _EVERYDAY for char in han)
    return encoding if han and everyday * 6 >= len(han) else None
