"""Read a per cent that is a share: one that is set aside, one with a lower bound, one of the whole place."""

import re
from dataclasses import replace

from kg.extract.drafts import Draft
from kg.extract.measures import Said
from kg.extract.phrases import After, Before, read_after
from kg.mentions.quantities import Quantity

_BOUNDED_SHARE = re.compile(r"(?P<word>不低于|不少于|超过)(?P<whole>[^，；。\d]{2,12})的$")  # 研发投入不低于销售收入的12%
_WHOLE = re.compile(r"(?P<whole>全[国省市区县州球])(?:近|约|超)?$")


def bounded_share(item: Quantity, left: str) -> tuple[Quantity, str]:
    """Return a per cent with the bound that stands before its whole, and the words before it as 占X的: 不低于销售收入的12%."""
    of = _BOUNDED_SHARE.search(left) if item.kind == "percent" else None
    if of is None:
        return item, left
    return replace(item, comparison=">" if of["word"] == "超过" else ">="), f"{left[: of.start()]}占{of['whole']}的"


def as_share(said: Said, before: Before, after: After, left: str, right: str, prior: Draft | None) -> tuple[Said, Before, After]:
    """Return what is said of a per cent, and its words on both sides, with the share named; unchanged where it is none.

    ``left`` and ``right`` are the words before and after the number, ``prior`` the number that it goes on from.
    """
    share = replace(said, measure="share", rule="measures.share")
    if name := _spent(before.noun, left, right):
        return share, replace(before, verb="", noun=name), After()
    if part := _part_of(left, right, prior):
        return share, replace(before, verb="", subject="", noun=part[0]), After("", part[1], "", attributive=True)
    return said, before, after


def _spent(noun: str, left: str, right: str) -> str:
    """Return the name of a share that is set aside: 将销售收入的15%投入研发, 按国拨经费的50%给予配套."""
    match = re.match(r"(?:用于|投入)?(?P<use>[^，。；、]{2,12})", right)
    if not left.endswith("的") or not match:
        return ""
    whole = re.sub(r"^.*?[将把按]", "", noun) or noun
    return f"{match['use']}占{whole}比重"


def _part_of(left: str, right: str, prior: Draft | None) -> tuple[str, int] | None:
    """Return the name of a share of the whole place, and its length: 全市28%的工业增加值和35%的高新技术企业."""
    whole = _WHOLE.search(left)
    if not whole and prior and re.fullmatch(r"[、和及]", left):
        whole = re.search(r"占(?P<whole>全.)比重$", prior.indicator)
    noun = read_after(right[1:]) if right.startswith("的") else After()
    return (f"{noun.noun}占{whole['whole']}比重", noun.length + 1) if whole and noun.noun else None
