"""Parts told with their own number: X1775个，其中Y77个, X4家（A3家、B1家）."""

import re
from collections.abc import Iterator, Sequence

from kg.extract.acts import ClauseActs
from kg.extract.counted import cut_at, make
from kg.extract.ground import Ground
from kg.extract.noun_phrases import NounPhrase
from kg.extract.wholes import COUNTED_LAST, counted, counted_unit, noun_at, told_behind
from kg.facts import Membership
from kg.rules import Rule

# a part that is more than a quality of the whole (其中国家级19个)
_OWN_HEAD = re.compile(r"(?!.*(?:被|超|获|级$|职称|以上$)).{6,}|.{2,}奖")
_KIND = re.compile(r"(?!.*(?:被|超|获|级$|职称|以上$)).{2,}")  # the same where the parts add up to the whole
_COUNT = re.compile(r"(?P<n>\d+)(?P<u>[家个名项位人所])(?P<noun>企业|单位|项目|机构|平台|成果|园区|城市|高校|产品|团队)?")
_AIMED = re.compile(
    r"(?P<v>.{0,2}(?:推荐|组织|支持|指导))(?P<n>\d+)(?P<u>[家个名项位人所])(?P<noun>[^，。；申争]{2,8})(?P<aim>(?:申报|申请|争创|申创).{2,24})"
)
_PARTS = 6  # parts of one whole, each with its number


def pieces(text: str, start: int) -> list[NounPhrase]:
    """Cut plain words at 、 and ， into phrases."""
    found, at = [], start
    for piece in re.split(r"、|，", text):
        if piece:
            found.append(NounPhrase(at, at + len(piece), piece))
        at += len(piece) + 1
    return found


def of_which(ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    """Yield the parts behind 其中 that are counted as their whole is: with a name of their own, a deed of their own, or adding up to it."""
    texts = re.split(r"[，、]", _whole_text(ground, match, clauses))
    listed = pieces(ground.clean[match.start("p") : match.end("p")], match.start("p"))[:_PARTS]
    unit = counted_unit(listed[0].name) if listed else ""
    if listed and (count := _COUNT.match(listed[0].name)) and told_behind(ground, listed[0].start + count.end()):
        yield from _with_deed(ground, rule, match, count, texts, listed[0])
        return
    text = next((t for t in reversed(texts) if counted_unit(t) == unit), None) if unit else None
    whole = counted(text) if text else None
    told = [piece for piece in listed if _is_noun(ground, piece)]
    parts = [(piece, part) for piece in told if (part := counted(piece.name.removeprefix("计划").removeprefix("包括")))]
    sums_up = whole is not None and len(parts) >= 2 and sum(part[2] for _, part in parts) == whole[2]
    prize = next((m.name for m in reversed(ground.within(match.start(), match.start("p"))) if m.name.endswith("奖")), None)
    form = _KIND if sums_up else _OWN_HEAD
    for piece, part in parts if whole and (sums_up or match.groupdict().get("w")) else ():
        if whole is None or part[2] > whole[2] or counted_unit(piece.name) != unit or not form.fullmatch(part[1]):
            return
        of_prize = prize if part[1].endswith("奖") else None  # 8项成果获国家科技奖，其中自然科学奖2项
        item = NounPhrase(piece.start, piece.end, part[1] if of_prize else part[0])
        yield from make(ground, rule, match, of_prize or whole[0], [item], ordered=False)


def _is_noun(ground: Ground, piece: NounPhrase) -> bool:
    """Say whether a piece that opens with its number is a noun to its end (7位院士专家, not 7位院士专家莅临鹤城)."""
    count = re.match(r"\d+余?[家个名项位人所]", piece.name)
    noun = noun_at(ground, piece.start + count.end(), piece.end) if count else None
    return count is None or (noun is not None and noun.end == piece.end)


def _whole_text(ground: Ground, match: re.Match[str], clauses: Sequence[ClauseActs]) -> str:
    """Return the words that hold the whole: before 其中, else the sentence before the one that 其中 opens."""
    if match.groupdict().get("w"):
        return ground.clean[match.start("w") : match.end("w")]
    sentences = clauses[0].paragraph.sentences
    here = next((i for i, sentence in enumerate(sentences) if sentence.start == clauses[0].sentence.start), 0)
    before = sentences[here - 1] if here else None
    return ground.clean[before.start : before.end] if before else ""


def _with_deed(
    ground: Ground, rule: Rule, match: re.Match[str], count: re.Match[str], texts: Sequence[str], piece: NounPhrase
) -> Iterator[Membership]:
    """Yield a part that only its deed tells apart: 推荐114家企业申报X，其中95家企业通过认定 → 通过认定的95家企业."""
    text = next((t for t in reversed(texts) if counted_unit(t) == count["u"]), "")
    aimed = _AIMED.search(text)
    whole = counted(text) if text and not aimed else None
    if aimed:
        name, noun, number = f"{aimed['v']}{aimed['aim']}的{aimed['n']}{aimed['u']}{aimed['noun']}", aimed["noun"], float(aimed["n"])
    elif whole:
        name, noun, number = whole
    else:
        return
    if float(count["n"]) <= number and (count["noun"] or noun).endswith(noun[-2:]):
        deed = told_behind(ground, piece.start + count.end())
        part = NounPhrase(piece.start, piece.end, f"{deed}的{count['n']}{count['u']}{count['noun'] or noun}")
        yield from make(ground, rule, match, name, [part], ordered=False)


def added_up(ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    """Yield the parts that a bracket counts, where their numbers add up to the whole."""
    whole = counted(ground.clean[match.start("w") : match.end("w")])
    listed = pieces(ground.clean[match.start("items") : match.end("items")], match.start("items"))
    numbered = [(piece, COUNTED_LAST.search(piece.name)) for piece in listed]
    parts = [(p, c) for p, c in numbered if c and not re.match(r"累计|总数|其中|现有", p.name)]
    if whole is None or len(parts) < 2 or sum(int(c["n"]) for _, c in parts) != whole[2]:
        return
    items = [NounPhrase(p.start, p.start + c.end("noun"), c["noun"]) for p, c in parts]
    yield from make(ground, rule, match, whole[0], items, ordered=True)


def bracketed(ground: Ground, rule: Rule, match: re.Match[str], clauses: Sequence[ClauseActs]) -> Iterator[Membership]:
    """Yield the names in brackets behind a count, where they are as many: 新增院士工作站2家（A、B）."""
    whole = counted(re.sub("^(?:其中|包括|包含)", "", ground.clean[match.start("w") : match.end("w")]))
    items = cut_at(ground, "、|和|以及", ground.clean, *match.span("items"))
    if whole and len(items) == whole[2] >= 2:
        yield from make(ground, rule, match, whole[0], items, ordered=True)
