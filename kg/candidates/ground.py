"""What the rules know of a report, against which every claim of a model is held: names, numbers, ranks and periods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.candidates.shown import Shown
from kg.extract import read_passages
from kg.extract.entities import find_entities
from kg.extract.measures import say
from kg.facts import UNDATED, Entity, Period
from kg.mentions.names import find_mentions
from kg.mentions.periods import PeriodMention, find_periods
from kg.mentions.quantities import Quantity, find_quantities
from kg.mentions.ranks import RankMention, find_ranks
from kg.passages import Passages
from kg.report import Report

LONGEST_NAME = 80  # characters


@dataclass(frozen=True, slots=True)
class Ground:
    """A report with what its grammar finds; all offsets are those of ``Reading.clean``."""

    passages: Passages
    names: Mapping[str, str]  # printed form: canonical name, where the rules know the thing
    quantities: tuple[Quantity, ...]
    ranks: tuple[RankMention, ...]
    periods: tuple[PeriodMention, ...]

    def name(self, printed: str, shown: Shown) -> str | None:
        """Return the name under which the graph knows ``printed``; ``None`` for words that do not stand in the passage.

        A full name will do where a short form of it is printed, and so will the place that the passage speaks of.
        """
        name = printed.strip()
        if not name or len(name) > LONGEST_NAME or "\n" in name:
            return None
        full = self.names.get(name, name)
        if full == shown.place or any(shown.places_of(form) for form in (name, *self.forms(full))):
            return full
        return None

    def forms(self, name: str) -> tuple[str, ...]:
        """Return the printed forms of a canonical name, itself first."""
        return (name, *(form for form, full in self.names.items() if full == name != form))

    def quantity(self, start: int, end: int) -> Quantity | None:
        """Return the one quantity that ``clean[start:end]`` prints, ``None`` for none or several."""
        found = [quantity for quantity in self.quantities if quantity.start < end and start < quantity.end]
        return found[0] if len(found) == 1 else None

    def sign(self, quantity: Quantity) -> int:
        """Return -1 when the words before a quantity tell of a decline (同比下降3.1%), else 1."""
        clean = self.passages.reading.clean
        return say(clean[clean.rfind("\n", 0, quantity.lead) + 1 : quantity.lead], quantity).sign

    def rank(self, start: int, end: int) -> RankMention | None:
        """Return the one rank that ``clean[start:end]`` prints, ``None`` for none or several."""
        found = [rank for rank in self.ranks if rank.start < end and start < rank.end and rank.role == "rank"]
        return found[0] if len(found) == 1 else None

    def period(self, start: int, end: int) -> Period | None:
        """Return the period that ``clean[start:end]`` names, ``UNDATED`` for 目前 and its kin, ``None`` for none."""
        found = [period for period in self.periods if period.start < end and start < period.end and period.role != "base"]
        if not found:
            return None
        if found[0].role == "undated" or not found[0].first:
            return UNDATED
        return Period(found[0].first, found[-1].last, "stated", self.passages.reading.quote(found[0].start, found[-1].end))


def read_ground(report: Report) -> Ground:
    """Return the ground of ``report``, as the rules read it."""
    passages = read_passages(report)
    clean = passages.reading.clean
    entities = find_entities(passages, find_mentions(passages, report), report)
    places = {section.place: section.place for section in passages.sections if section.place}
    return Ground(passages, {**places, **_names(entities)}, find_quantities(clean), find_ranks(clean), find_periods(clean, report.issued))


def _names(entities: Sequence[Entity]) -> dict[str, str]:
    """Return the canonical name of each printed form that means one thing only."""
    meant: dict[str, set[str]] = {}
    for entity in entities:
        for form in (entity.name, *entity.aliases):
            meant.setdefault(form, set()).add(entity.name)
    return {form: next(iter(names)) for form, names in meant.items() if len(names) == 1}
