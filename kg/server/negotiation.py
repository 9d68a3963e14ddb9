"""Content negotiation (RFC 9110, 12.5): which of the forms on offer a client likes best, and in which language."""

from collections.abc import Sequence
from functools import lru_cache

from kg.wording import Lang

_FULL = 1000  # quality 1.000 in thousandths


@lru_cache(maxsize=512)
def accepted(header: str, offers: tuple[str, ...]) -> str | None:
    """Return the media type of ``offers`` that ``header`` (an ``Accept``) likes best, the first of equals.

    No header accepts everything. ``None`` when nothing on offer is accepted.

    >>> accepted("text/csv;q=0.5, application/json", ("text/csv", "application/json")), accepted("image/png", ("text/csv",))
    ('application/json', None)
    """
    wanted = _ranges(header) or [("*/*", _FULL)]
    best, best_quality = None, 0
    for offer in offers:
        quality = _quality(offer, wanted)
        if quality > best_quality:
            best, best_quality = offer, quality
    return best


def _quality(offer: str, wanted: Sequence[tuple[str, int]]) -> int:
    """Return the quality of the most specific range that covers ``offer``, 0 where none does."""
    kind = offer.partition("/")[0]
    for pattern in (offer, f"{kind}/*", "*/*"):
        for name, quality in wanted:
            if name == pattern:
                return quality
    return 0


def _ranges(header: str) -> list[tuple[str, int]]:
    found = []
    for part in header.split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name:
            found.append((name.lower(), _weight(parameters)))
    return found


def _weight(parameters: Sequence[str]) -> int:
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "q":
            try:
                return int(max(0.0, min(1.0, float(value))) * _FULL)
            except (ValueError, OverflowError):
                return 0
    return _FULL


@lru_cache(maxsize=512)
def language(header: str, otherwise: Lang = "zh") -> Lang:
    """Return the language of the project that ``header`` (an ``Accept-Language``) likes best.

    >>> language("en-GB,en;q=0.8,zh;q=0.5"), language("de"), language("")
    ('en', 'en', 'zh')
    """
    ranked = sorted(_ranges(header), key=lambda one: -one[1])
    for name, quality in ranked:
        if quality and name.startswith("zh"):
            return "zh"
        if quality and name.startswith("en"):
            return "en"
    # someone who reads neither is more likely to get by in English; who says nothing gets the language of the reports
    return "en" if any(quality and name != "*" for name, quality in ranked) else otherwise


def takes_gzip(header: bytes) -> bool:
    """Say whether ``header`` (an ``Accept-Encoding``) takes gzip."""
    return b"gzip" in header and any(name in ("gzip", "x-gzip") and quality > 0 for name, quality in _ranges(header.decode("latin-1")))
