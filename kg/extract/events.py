"""Find the events of a report: what took place, who took part, and when."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.extract.acts import ClauseActs
from kg.extract.clauses import left_side
from kg.extract.deixis import is_deictic, referent
from kg.extract.event_dates import Dates
from kg.extract.frames import lexicon
from kg.extract.ground import CATEGORIES, FIELDS, MASK, PERSONS, PLACES, TIME, Ground
from kg.extract.noun_phrases import NounPhrase, read_list, split
from kg.extract.survey import Survey
from kg.facts import Event
from kg.mentions.mention import Mention
from kg.rules import Rule, alternation, rules

_SITE = re.compile(
    r"(?:园|基地|中心|平台|项目|设施|工程|研究院|实验室|城|馆|院|会|论坛|大赛|节|线|大厦|小镇|企业|公司|联盟|基金|装置|卫星|工厂|学院|大学|[一二三四五]期)$"
)
_OBJECT_ENDS = re.compile(r"并|，|后|时")
OPTIONS = ("kind", "form", "verbs", "types", "heads", "dated")
LONGEST_OBJECT = 200  # characters behind a verb that may name its event
_AND = re.compile(r"并|且|并且|、|和|，并")
_LONE = re.compile(rf"[{TIME}，于在将又再还并也已计划预计正式力争拟年内底前初末 ]*")  # nothing but when and how
_THIS = re.compile(r"(?:这[家个所座]|该)[^，；]{0,60}(?:机构|平台|中心|研究院|研究所|实验室|园区|基地|公司|企业|联盟)")
_DENIED = re.compile(r"未|没有|不|难以|即便|自$|以来")
_FUTURE = re.compile(r"将|拟|力争|计划|即将|争取|预计|有望|确保|要$")


@dataclass(frozen=True)
class _Verbs:
    """The patterns of a form: its verbs alone, the manner before them, both together; and the rules by verb."""

    verb: re.Pattern[str]
    manner: re.Pattern[str]
    whole: re.Pattern[str]
    rules: dict[str, Rule]

    def find(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Yield the verbs with their manner; the bare verb is looked for first, since most clauses have none."""
        while found := self.verb.search(text, start, end):
            manner = self.manner.search(text, max(start, found.start() - 10), found.start())
            match = self.whole.match(text, manner.start() if manner else found.start(), end)
            start = match.end() if match else found.end()
            if match:
                yield match


@cache
def _verbs(form: str) -> _Verbs:
    file = rules("events", *OPTIONS)
    chosen = {verb: rule for rule in reversed(file.rules) if rule.options["form"] == form for verb in rule.options["verbs"]}
    manner = alternation(file.words["manner"])
    verb = alternation(tuple(chosen))
    whole = rf"(?P<manner>(?:{manner}){{0,2}})(?P<verb>{verb})"
    return _Verbs(re.compile(verb), re.compile(rf"(?:{manner}){{1,2}}$"), re.compile(whole), chosen)


def find_events(read: Survey) -> tuple[Event, ...]:
    """Return the events of a surveyed report in text order.

    ``date`` is the ISO day, month or year that its sentence prints or points to, else the year that the report is about, or
    ``None``; ``participants`` are canonical names of the named things in the clause, else the one who acts.
    """
    ground, dates = read.ground, Dates(read.ground)
    found: dict[tuple[str, tuple[str, ...]], Event] = {}
    for clauses in read.sentences:
        sentence = clauses[0].sentence
        forms = [form for form in _READERS if _verbs(form).verb.search(ground.masked, sentence.start, sentence.end)]
        for i in range(len(clauses) if forms else 0):
            for event in _clause(ground, clauses, i, forms, dates):
                found.setdefault((event.what, event.participants), event)
        dates.leave(clauses)
    return tuple(sorted(found.values(), key=lambda e: (e.span.start, e.span.end, e.what)))


def _clause(ground: Ground, clauses: Sequence[ClauseActs], i: int, forms: Sequence[str], dates: Dates) -> Iterator[Event]:
    clause = clauses[i]
    start, end = clause.clause.start, clause.clause.end
    for form in forms:
        verbs, reader = _verbs(form), _READERS[form]
        last: tuple[int, tuple[str, ...]] | None = None
        for match in verbs.find(ground.masked, start, end):
            rule = verbs.rules[match["verb"]]
            before = ground.masked[max(start, match.start() - 4) : match.start()]
            if _DENIED.search(before) or ground.masked[match.end() : match.end() + 2] in ("以来", "以后"):
                continue
            when = dates.of(clauses, i)
            if rule.options.get("dated") and not when.printed:
                continue
            made = reader(ground, rule, match, clause)
            if made is None and last and _AND.fullmatch(ground.masked, last[0], match.start()):
                made = ground.clean[match.start() : match.end()], last[1], match.span()
            if made is None:
                continue
            what, participants, span = made
            last = match.end(), participants
            planned = clause.planned or bool(_FUTURE.search(ground.masked, max(start, match.start() - 14), match.start()))
            yield Event(
                ground.span(*span), what, participants, rule.id, rule.options["kind"], when.date,
                "target" if planned else "actual", "planned" if planned else "achieved",
            )  # fmt: skip


_Made = tuple[str, tuple[str, ...], tuple[int, int]]


def _bare(ground: Ground, rule: Rule, match: re.Match[str], clause: ClauseActs) -> _Made | None:
    """Read 四川大学皮革研究院签约落地: the subject stands before the verb and hardly anything behind it."""
    rest = ground.masked[match.end() : clause.clause.end]
    if rest and not re.match(r"并|，|、|于|在|和|后|，|以来|仪式|运营|(?:并|且)", rest):
        return None
    begin, stop = clause.clause.start, match.start()
    where = re.compile(r"[于在](?P<place>[^，、]{2,24})$").search(ground.masked, begin, stop)
    if where and ground.masked[where.start() + 1] == TIME:
        where = None
    subject = _subject(ground, begin, where.start() if where else stop)
    people = _named(ground, begin, stop)
    if subject is None and (told := _told_before(ground, clause, stop)):
        taking_part = dict.fromkeys((told, *(m.name for m in people)))
        return ground.clean[match.start() : match.end()], tuple(taking_part), (begin, match.end())
    if subject is None and not people:
        return None
    names = [*([subject.name] if subject else []), *(m.name for m in people if subject is None or m.name not in subject.name)]
    behind = ground.masked[people[-1].end : stop] if people else ""
    if subject is None and (len(behind) > 16 or lexicon().verb.search(behind)):
        return None
    what = ground.clean[match.start() : match.end()]
    begin = _own_start(ground, subject) if subject else begin
    printed = ground.clean[begin : subject.end] if subject else ""
    full = f"{printed}{what}" if printed and len(what) <= 4 and not match["manner"] and len(printed) <= 24 else what
    start = min([*([begin] if subject else []), *(m.start for m in people)])
    return full, tuple(dict.fromkeys(names)), (start, match.end())


def _told_before(ground: Ground, clause: ClauseActs, verb: int) -> str | None:
    """Return what the clauses before spoke of, for a dated clause that does not name it (2014年6月揭牌) or calls it 这家机构."""
    start = clause.clause.start
    told = clause.thing or clause.actor
    if told is None or TIME not in ground.masked[clause.sentence.start : verb]:
        return None
    if _THIS.fullmatch(ground.clean, start, verb):
        return clause.actor.name if clause.actor else None
    if TIME not in ground.masked[start:verb]:
        return None
    return told.name if _LONE.fullmatch(ground.masked, start, verb) and told.type not in PLACES | PERSONS else None


def _own_start(ground: Ground, subject: NounPhrase) -> int:
    """Return where the name of a subject begins, behind what is said of it in an attribute (与某市合作建设的某某基地)."""
    mention = subject.mention
    return mention.start if mention and ground.masked[mention.start - 1] == "的" else subject.start


def _subject(ground: Ground, start: int, end: int) -> NounPhrase | None:
    """Return what an event befalls, when it is one thing: a name, or a noun that ends like a site or a gathering."""
    side = left_side(ground, start, end)
    found = side.subject if side else None
    if found is None or not (found.mention or _SITE.search(found.name)):
        return None
    if not found.mention and (goal := referent(ground, found.name, found.start, None)):
        return replace(found, name=goal[0])
    return found if len(split(ground, found.start, found.end)) == 1 and (found.mention or len(found.name) >= 4) else None


def _with_object(ground: Ground, rule: Rule, match: re.Match[str], clause: ClauseActs) -> _Made | None:
    """Read 湖州市举办诊断会: the object names the event."""
    side = left_side(ground, clause.clause.start, match.start())
    attributive = side is None
    listed = read_list(ground, match.end(), _stop(ground, match.end(), clause.clause.end))
    item = listed.group if listed.group and _fits(listed.group, rule) else next((i for i in listed.items if _fits(i, rule)), None)
    if item is None or attributive:
        return None
    end = _last_issued(listed.items, rule) or item.end
    people = _named(ground, clause.clause.start, end)
    names = [m.name for m in people]
    if (
        side
        and side.subject
        and not (side.subject.mention or is_deictic(side.subject.name) or (people[:1] and people[0].end < match.start()))
    ):
        names = [side.subject.name, *(n for n in names if n not in side.subject.name)]
    elif actor := _actor(clause, match.start(), people, rule):
        names.insert(0, actor)
    start = min([match.start(), *(m.start for m in people)])
    return ground.clean[match.start() : match.end()] + ground.clean[item.start : end], tuple(dict.fromkeys(names)), (start, end)


def _last_issued(items: Sequence[NounPhrase], rule: Rule) -> int | None:
    """Return where the list ends when several documents are issued at once (出台《A》《B》): one event of all."""
    together = rule.options["kind"] in ("policy", "release") and len(items) > 1 and all(i.mention and _fits(i, rule) for i in items)
    return items[-1].end if together else None


def _actor(clause: ClauseActs, verb: int, people: Sequence[Mention], rule: Rule) -> str | None:
    """Return who takes part without being named in front of the verb, or named there only as 我院 or 该市."""
    told = clause.thing if rule.options["kind"] == "designation" and clause.thing else clause.actor
    if told is None or any(m.name == told.name for m in people):
        return None
    pointed = told.start is not None and clause.clause.start <= told.start < verb
    return told.name if pointed or not any(m.end <= verb for m in people) else None


def _result(ground: Ground, rule: Rule, match: re.Match[str], clause: ClauseActs) -> _Made | None:
    """Read 认定结果显示: the recognition itself is the event."""
    people = _named(ground, clause.clause.start, match.start(), kinds=True)
    if not people:
        return None
    names = tuple(dict.fromkeys(m.name for m in people))
    what = ground.clean[people[-1].start : match.start() + 2]
    return what, names, (people[0].start, match.end())


def _stop(ground: Ground, start: int, end: int) -> int:
    end = min(end, start + LONGEST_OBJECT)
    found = _OBJECT_ENDS.search(ground.masked, start + 1, end)
    return found.start() if found else end


def _fits(item: NounPhrase, rule: Rule) -> bool:
    if item.tailed or item.count or len(item.name) < 3:
        return False
    types, heads = rule.options.get("types", ()), tuple(rule.options.get("heads", ()))
    return (item.mention is not None and item.type in types) or (bool(heads) and item.name.endswith(heads) and MASK not in item.name)


def _named(ground: Ground, start: int, end: int, *, kinds: bool = False) -> list[Mention]:
    shut = FIELDS if kinds else FIELDS | CATEGORIES
    return [m for m in ground.within(start, end) if m.type not in shut]


_READERS: dict[str, Callable[[Ground, Rule, re.Match[str], ClauseActs], _Made | None]] = {
    "object": _with_object,
    "bare": _bare,
    "result": _result,
}
