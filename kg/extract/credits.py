"""The credits of a printed page: who answers for it, and where he is reached."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.extract.ground import Ground
from kg.facts import Relation
from kg.passages import Passages
from kg.rules import alternation, rules


@dataclass(frozen=True)
class _Patterns:
    role: re.Pattern[str]
    contact: re.Pattern[str]
    person: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = rules("posts", "ends").words
    credit, contact = alternation(words["credit"]), alternation(words["contact"])
    person = r"[\u4e00-\u9fff·]{2,4}?"
    stop = rf"(?=\s|、|，|。|）|\)|$|{contact}|{credit})"
    return _Patterns(
        role=re.compile(rf"(?P<role>{credit})\s*[：:]\s*(?P<names>{person}{stop}(?:[\s、]+(?!{contact}|{credit}){person}{stop})*)", re.M),
        contact=re.compile(
            rf"(?P<kind>{contact})\s*[：:]?\s*(?P<value>[\w.+-]+@[\w.-]+\.\w+|(?:[(（]\d{{3,4}}[)）])?[\d-]{{6,20}}(?<=\d))", re.I
        ),
        person=re.compile(rf"联系人\s*[：:]\s*(?:[\u4e00-\u9fff]{{2,8}}[\s　]+)?(?P<name>{person})(?=[\s　，、；（(]|{contact}|$)", re.M),
    )


def find_credits(ground: Ground, passages: Passages) -> Iterator[Relation]:
    """Yield who answers for the page (责任编辑：李明), and telephone and e-mail of the one named before."""
    patterns = _patterns()
    for paragraph in passages.paragraphs:
        bounds = paragraph.start, paragraph.end
        found = [m for p in (patterns.role, patterns.contact, patterns.person) for m in p.finditer(ground.clean, *bounds)]
        owner: str | None = None
        for match in sorted(found, key=lambda m: m.start()):
            span = ground.span(*match.span())
            if match.re is patterns.role:
                for owner in re.split(r"[\s、]+", match["names"]):
                    yield Relation(span, owner, "responsible_for", match["role"], "posts.credit")
            elif match.re is patterns.person:
                owner = match["name"]
            elif owner:
                yield Relation(span, owner, "has_contact", match["value"], "posts.credit", qualifiers=(("type", match["kind"]),))
