"""Read a clause: [opener][period][subject][adverbs] verb object, then perhaps 并 verb object.

The reading is shallow and goes from left to right: the first verb of the lexicon that stands outside of names and whose
left side parses as a subject with adverbs is the predicate; what follows up to the next predicate is its object.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.extract.deixis import is_deictic
from kg.extract.frames import lexicon
from kg.extract.ground import MASK, ORGANISATIONS, PERSONS, PLACES, TIME, Ground
from kg.extract.noun_phrases import NounPhrase, phrase
from kg.facts import Modality
from kg.frozen import quickly_made
from kg.mentions.mention import Mention

_PURPOSE = re.compile(r"为(?:了|着)?(?!第|此|主|首|期|例|人|民|止|何|实现上述)(?![^，]{0,12}\d)")
_FOR = re.compile(r"提供|增添|奠定|注入|夯实|打下|贡献|带来|创造|送上|营造|挽回|追回|发放|节约|节省|减负")
_BODY = re.compile(  # how a noun ends that can act
    r"(?:局|厅|部|委|办|院|校|公司|中心|政府|园区|集团|协会|学院|大学|银行|团队|镇|街道|联盟|小组|管委会|党组|部门|实验室|基地|所|会|企业|平台|"
    r"城|园|区|港|谷|厂|县|州|市)$"
)
_ADVERBIAL = re.compile(
    r"(?:(?:被|在|于|从|自|对|向|就|按|经|以|随|将(?![与同联携会在从])|把|针对|围绕|面向|结合|根据|按照|通过|依托|聚焦)[^，、]{1,30}|(?:与|同|跟|携手|联合|协同|会同)[^，]{1,60})$"
)
_BETWEEN = re.compile(r"[^，的]{1,60}?(?:合作|联合|共同|携手|协同)[^，的]{0,6}的[^，的]{2,40}$")  # 与浙江大学合作的某某公司: no adverbial
_TOGETHER = re.compile(rf"(?:与|同|携手|联合|会同){MASK}+(?:[、和与]{MASK}+)*[、和与]?(?:等(?:部门|单位)?)?$")
_NOMINAL = re.compile(  # 汽车城建设加快推进: the verb is a noun
    r"(?:全面|加快|扎实|有序|稳步|深入|顺利|持续|不断|强力|显著|明显|进一步|取得|成效|成果|进展|步伐|水平|能力|力度|效果|质量|速度|工作|持续|"
    r"推进|提速|见效|完善|加强|提升|增强|实施|启动|突破|良好|走在前列|新|重大|积极|阶段性|初见|构建|形成|成型|成势|崛起|加速|明显|更加|日益|有力|有效|稳|向好|成势|起势|蓄势|铺开|推开|到位|落地|优化|健全|的){1,6}"
)
_NOUNISH = re.compile(
    r"(?:孵化|服务|培育|支撑|引领|创新|试行|奖励|支持)(?:园|器|区|室|站|员|师|者|力|率|券|型|类|费|业|商|期|办|中心|平台|体系|机构)"
    r"|特聘(?:专家|教授|研究员)|(?:引领|带动|辐射|示范|支撑|拉动|撬动|推动){1,2}(?:作用|效应|能力)"
)
_JOINT = re.compile(r"以及|并且|、|和|与|及|并|且")
_PREPOSITIONS = frozenset(("在", "以", "将", "把", "对", "从", "通过", "为", "来", "向", "于", "由"))
_IDIOM = re.compile(r"(?:等方面|方面|等|上)(?:做足|做|下|狠下|下足|发力|持续|聚力|取得|实现|见成效|走在|用力)")
_ISSUED = re.compile(
    r"(?:支持|促进|推进|推动|加快|鼓励|扶持|引进|培育|加强|深化|落实)[^，。；、]{2,36}(?:政策|措施|意见|办法|方案|规定|细则|条例)$"
)
_SEIZES = re.compile(r"抢抓|抓住|紧抓|抢占|把握|紧扣|瞄准|融入|借力|呼应|立足")  # 抢抓成渝双城经济圈|建设……: no subject
_INNER = re.compile(r"按照|根据|围绕|坚持|贯彻|依托|借助|决定|[将把]")  # 我市科技工作按照市委的要求|: no subject
_WAY = re.compile(r"(?:办法|方式|模式|形式|思路|途径)(?=.{3})")
_NOUNS = frozenset(("系统", "科学", "创新", "投资", "研究", "整体", "集体"))
_ADVERBS = re.compile(r"持续|不断|加快|积极|大力|着力|已经|正在|进一步|深入|全面|加码")
_LOOSE = f" ，、：:“{TIME}"
LONGEST_SIDE = 240  # characters that may stand between the start of a clause and its verb
_ABSTRACT = re.compile(r"(?:的|了|着|过|是|为|有|等)$")


@quickly_made
@dataclass(frozen=True, slots=True)
class Stance:
    """How the clause stands to what it says: whether it holds, and whether it is meant for the future."""

    modality: Modality = "actual"
    planned: bool = False
    negated: bool = False


_PLAIN = Stance()  # most clauses say what is so


@quickly_made
@dataclass(frozen=True, slots=True)
class Predication:
    """A verb (or a run of verbs) with the stretch of its object; ``subject`` only where this clause prints one."""

    start: int
    verbs: tuple[str, ...]
    verb_start: int
    object_start: int
    object_end: int
    subject: NounPhrase | None
    stance: Stance
    follows: bool  # a further verb of the same clause
    site: Mention | None = None  # 在延安市建设试验站: where
    partners: tuple[Mention, ...] = ()  # 联合市财政局出台: with whom


@quickly_made
@dataclass(frozen=True, slots=True)
class Side:
    """The left side of a verb: the subject, when there is one, and what the adverbs say."""

    subject: NounPhrase | None
    start: int
    stance: Stance
    site: Mention | None = None
    partners: tuple[Mention, ...] = ()


def left_side(ground: Ground, start: int, end: int) -> Side | None:
    """Return the left side of a verb at ``end``, or ``None`` when the words before it are no subject."""
    stance, stop = _adverbs(ground, start, end)
    begin = _openers(ground, start, stop)
    if begin >= stop:
        return Side(None, end, stance)
    if stop - begin > LONGEST_SIDE:
        return None
    adverbial = _ADVERBIAL.search(ground.masked, max(begin, stop - 64), stop)
    site: Mention | None = None
    partners: tuple[Mention, ...] = ()
    if adverbial and _sets_apart(ground, begin, adverbial):
        site, partners = _site(ground, adverbial), _partners(ground, adverbial)
        stance, stop = _adverbs(ground, begin, adverbial.start(), stance)
        if stop <= begin:
            return Side(None, end, stance, site, partners)
    found = phrase(ground, begin, stop)
    if found is None or found.name in _PREPOSITIONS:
        return Side(None, end, stance, site, partners)
    return Side(found, found.start, stance, site, partners) if _plausible(ground, found) else None


def _sets_apart(ground: Ground, begin: int, adverbial: re.Match[str]) -> bool:
    """Say whether an adverbial follows a subject (or nothing), and is not a part of a name or an attribute."""
    if adverbial[0][0] in "与同跟携联协会" and _BETWEEN.match(adverbial[0]):
        return False
    _, stop = _adverbs(ground, begin, adverbial.start())
    return adverbial[0][0] == "被" or stop <= begin or stop in ground.ends or is_deictic(ground.clean[begin:stop])


def _site(ground: Ground, adverbial: re.Match[str]) -> Mention | None:
    """Return the place of an adverbial such as 在延安市."""
    if adverbial[0][0] not in ("在", "于"):
        return None
    mention = ground.starts.get(adverbial.start() + 1)
    return mention if mention and mention.end == adverbial.end() and mention.type in PLACES | {"Park", "Platform"} else None


def _partners(ground: Ground, adverbial: re.Match[str]) -> tuple[Mention, ...]:
    """Return the bodies of an adverbial such as 联合市财政局, when it names nothing else; 与 only tells a partner."""
    if adverbial[0][0] in "与同跟" or not _TOGETHER.match(adverbial[0]):
        return ()
    return tuple(m for m in ground.within(*adverbial.span()) if m.type in ORGANISATIONS)


def _plausible(ground: Ground, found: NounPhrase) -> bool:
    if found.mention:
        before = ground.masked[found.start : found.mention.start]
        if _SEIZES.search(before):
            return False
        return before.endswith("的") or not (before.strip(MASK) and (lexicon().verb.search(before) or _ADVERBS.search(before)))
    if (
        not 1 <= len(found.name) <= 30
        or found.name[0] in "为以按对把将"
        or found.tailed
        or _ABSTRACT.search(found.name)
        or _ADVERBS.search(found.name)
    ):
        return False
    if found.count and len(found.name) <= 16:
        return True
    if _INNER.search(ground.masked, found.start + 2, found.end):
        return False
    return lexicon().verb.search(ground.masked, found.start, found.end) is None


def _adverbs(ground: Ground, start: int, end: int, stance: Stance | None = None) -> tuple[Stance, int]:
    words, stance = lexicon(), stance or _PLAIN
    modality, planned, negated = stance.modality, stance.planned, stance.negated
    first = end
    while end > start and end not in ground.ends:
        if ground.masked[end - 1] in _LOOSE or (ground.masked[end - 1] in "于在自到至" and ground.masked[end : end + 1] == TIME):
            end -= 1
            continue
        if not (found := words.before.search(ground.masked, max(start, end - 12), end)) or _is_noun(ground, start, found, end < first):
            break
        planned = planned or found[1] in words.kinds["future"]
        negated = negated or found[1] in words.kinds["negation"]
        modality = "expected" if found[1] in words.kinds["expected"] else modality
        end = found.start()
    if modality == "actual" and not planned and not negated:
        return _PLAIN, end
    return Stance("target" if planned else modality, planned, negated), end


def _is_noun(ground: Ground, start: int, found: re.Match[str], parted: bool) -> bool:
    """Say whether a word that may be an adverb ends a noun (供电系统|还获得): ``parted`` from the verb, or grown to what precedes it."""
    return found[0] in _NOUNS and (parted or (found.start() > start and ground.masked[found.start() - 1] in "电子统息务理控制算软"))


def stance_at(ground: Ground, start: int, end: int) -> Stance:
    """Return what the adverbs right before ``end`` say (研究院将|聚焦新材料领域)."""
    return _adverbs(ground, start, end)[0] if start < end else _PLAIN


def _openers(ground: Ground, start: int, end: int) -> int:
    words = lexicon()
    while start < end:
        if (
            ground.masked[start] in _LOOSE
            or (ground.masked[start] in "（(" and ")）" in ground.masked[start:end])
            or (ground.masked[start] in "于在自到至截" and TIME in ground.masked[start + 1 : start + 3])
        ):
            start += 1
        elif start not in ground.starts and (found := words.opener.match(ground.masked, start, end)):
            start = found.end()
        else:
            break
    return start


def opening(ground: Ground, start: int, end: int) -> int:
    """Return where a clause really begins: behind connectives, periods and numbering."""
    return _openers(ground, start, end)


def is_purpose(ground: Ground, start: int, end: int) -> re.Match[str] | None:
    """Return the match of 为 or 为了 that makes a clause a purpose, not a service (为企业提供……)."""
    found = _PURPOSE.match(ground.masked, start, end)
    return None if found is None or _FOR.search(ground.masked, start, end) else found


def predications(ground: Ground, start: int, end: int) -> Iterator[Predication]:
    """Yield the predications of ``clean[start:end]`` from left to right."""
    words, position, follows = lexicon(), start, False
    at = start
    while found := words.verb.search(ground.masked, at, end):
        if _NOUNISH.match(ground.masked, found.start()) or _is_means(ground, found):
            at = found.end() if found[0] == "通过" else found.start() + 1
            continue
        if follows and (joint := _JOINT.match(ground.masked, position, found.start())):
            position = joint.end()
        side = left_side(ground, position, found.start()) or _before_title(ground, found)
        if side is None:
            at = found.start() + 1
            continue
        verbs, object_start = _chain(ground, found, end)
        if ground.masked[object_start : object_start + 1] in ("的", "后"):  # X承担的Y, 重组后的Z: the verb belongs to a noun
            at = object_start
            continue
        object_end = _object_end(ground, object_start, end)
        granted = object_end == end and ground.masked[end - 1] == "的"  # 企业新建院士工作站的，补助100万元: who does so, and no deed
        if object_end > object_start and not granted and not _NOMINAL.fullmatch(ground.masked, object_start, object_end):
            yield Predication(
                side.start, verbs, found.start(), object_start, object_end, side.subject, side.stance, follows, side.site, side.partners
            )
        position = at = max(object_end, object_start)
        follows = True


def _before_title(ground: Ground, found: re.Match[str]) -> Side | None:
    """Return an empty left side for a verb with a title for its object, whatever runs on before it (环境进一步优化出台《……》)."""
    return Side(None, found.start(), _PLAIN) if ground.clean.startswith("《", found.end()) else None


def _is_means(ground: Ground, found: re.Match[str]) -> bool:
    """Say whether 通过 only tells by what means (通过实施……计划，): a verb follows it."""
    return found[0] == "通过" and bool(lexicon().doing.match(ground.masked, found.end()))


def _chain(ground: Ground, first: re.Match[str], end: int) -> tuple[tuple[str, ...], int]:
    verbs, at, words = [first[0]], first.end(), lexicon()
    named = _ISSUED.match(ground.masked, at, end) if first[0] in _issuing() else None  # 出台|支持众创空间发展补充意见
    while not named and (found := words.chain.match(ground.masked, at, end)) and found.end() < end:
        verbs.append(found[1])
        at = found.end()
    return tuple(verbs), at


@cache
def _issuing() -> frozenset[str]:
    """Return the verbs that issue a document."""
    return frozenset(verb for verb, frames in lexicon().frames.items() if any(frame.series == "issue" for frame in frames))


def _object_end(ground: Ground, start: int, end: int) -> int:
    """Return where the object ends: at the next 并 + verb, or where a named object begins to act (服务团深入企业)."""
    idiom = _IDIOM.search(ground.masked, start, end)
    end = idiom.start() if idiom else end
    way = _WAY.search(ground.masked, start, end)
    if way and lexicon().doing.match(ground.masked, way.end(), end):  # 采用……的办法|组建研究院
        return way.end()
    at = start
    while found := lexicon().then.search(ground.masked, at, end):
        if found.start() - start >= 2 and not _inside_list(found):
            return found.start()
        at = found.start() + 1
    return end


def _inside_list(found: re.Match[str]) -> bool:
    """Say whether 和 or 、 before a verb rather joins nouns (培育和孵化体系): nothing follows the verb but a noun's end."""
    return found[0][0] in "、和" and len(found[1]) < 2


def is_agent(found: NounPhrase) -> bool:
    """Say whether a subject can act: a place, a body, an organisation, a person, or a noun that names one."""
    if found.mention:
        return found.mention.type in PLACES | ORGANISATIONS | PERSONS | {
            "Programme",
            "OrganisationGroup",
            "Conference",
        }
    return len(found.name) >= 3 and MASK not in found.name and bool(_BODY.search(found.name))
