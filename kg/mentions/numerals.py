"""Read Arabic and Chinese numerals as exact decimals."""

from decimal import Decimal
from functools import cache

_DIGITS = {char: value for value, chars in enumerate(("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九")) for char in chars}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}


@cache
def times(word: str) -> Decimal:
    """Return what a chain of magnitude words multiplies by: 万亿 is 10¹², the empty chain is 1.

    >>> times("万亿"), times("千万"), times("")
    (Decimal('1000000000000'), Decimal('10000000'), Decimal('1'))
    """
    product = 1
    for char in word:
        product *= _TENS.get(char) or _MYRIADS[char]
    return Decimal(product)


def numeral(printed: str) -> Decimal | None:
    """Return the value of an Arabic or Chinese numeral (thousands separators allowed), or ``None`` when it is none.

    >>> numeral("15,097"), numeral("一万"), numeral("十五"), numeral("两千三百"), numeral("二〇二〇"), numeral("科技")
    (Decimal('15097'), Decimal('10000'), Decimal('15'), Decimal('2300'), Decimal('2020'), None)
    """
    plain = printed.replace(",", "")
    if plain and not plain.strip("0123456789."):
        return Decimal(plain) if plain.count(".") <= 1 and plain[0] != "." else None
    if printed == "半":
        return Decimal("0.5")
    if not printed or any(char not in _DIGITS and char not in _TENS and char not in _MYRIADS for char in printed):
        return None
    if len(printed) > 1 and all(char in _DIGITS for char in printed):
        return Decimal("".join(str(_DIGITS[char]) for char in printed))
    return Decimal(_chinese(printed))


def _chinese(printed: str) -> int:
    """Add up a numeral of digits and magnitudes, e.g. 三亿二千万."""
    total, section, digit = 0, 0, 0
    for char in printed:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            section += (digit or 1) * _TENS[char]
            digit = 0
        else:
            section = (section + digit) or 1
            total = (total + section) * _MYRIADS[char] if _MYRIADS[char] > 10**4 else total + section * _MYRIADS[char]
            section, digit = 0, 0
    return total + section + digit
