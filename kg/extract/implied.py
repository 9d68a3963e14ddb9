"""Relations that a name implies: an institute of a university is part of it, a park named after a city lies there."""

from collections.abc import Iterator

from kg.extract.ground import Ground
from kg.facts import Relation
from kg.mentions.mention import Mention
from kg.mentions.places import place_named
from kg.passages import Passages

_PARTS = frozenset(("Institute", "Platform", "Team", "Park"))
_WHOLES = frozenset(("University", "Institute", "Enterprise"))
_SITED = frozenset(("Institute", "Platform", "Park", "Enterprise", "University"))


def implied_relations(ground: Ground, passages: Passages) -> Iterator[Relation]:
    """Yield part_of and located_in relations read from names, each thing once."""
    seen: set[str] = set()
    homes = {section.place for section in passages.sections if section.place}
    for mention in ground.mentions:
        if mention.type not in _SITED | _PARTS or mention.name in seen:
            continue
        seen.add(mention.name)
        whole = _whole(ground, mention)
        span = ground.span(mention.start, mention.end)
        if whole and mention.type in _PARTS:
            yield Relation(span, mention.name, "part_of", whole, "implied.part")
        place = _place(mention, whole, homes)
        if place and mention.type in _SITED:
            yield Relation(span, mention.name, "located_in", place, "implied.place")


def _whole(ground: Ground, mention: Mention) -> str | None:
    """Return the organisation whose name opens the mention's name."""
    candidates = [n for n in ground.nested if mention.start <= n.start and n.end < mention.end]
    for inner in candidates:
        if inner.type in _WHOLES and inner.start == mention.start and inner.name != mention.name:
            return inner.name
    return None


def _place(mention: Mention, whole: str | None, homes: set[str]) -> str | None:
    """Return the city named in the name behind the organisation it belongs to, or at its beginning."""
    rest = mention.name[len(whole) :] if whole and mention.name.startswith(whole) else mention.name
    for size in (2, 3, 4):
        short = rest[:size]
        full = place_named(short)
        if full and full.endswith(("市", "州", "盟", "县", "区")):
            return full
    return next((home for home in sorted(homes) if home.rstrip("市县区省") in rest), None)
