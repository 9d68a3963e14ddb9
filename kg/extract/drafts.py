"""An observation while it is being made: later words of the sentence may still add rank, superlative and scope."""

from dataclasses import dataclass
from decimal import Decimal

from kg.facts import UNDATED, Comparison, Measure, Modality, Observation, Period, Status
from kg.reading import Reading


@dataclass(slots=True)
class Draft:
    """The parts of an observation at offsets of ``Reading.clean``; ``noun`` and ``verb`` are what later numbers inherit."""

    start: int
    end: int
    number: tuple[int, int]
    value: Decimal
    unit: str
    kind: str
    indicator: str
    measure: Measure
    rule: str
    noun: str = ""
    verb: str = ""
    target: str = ""  # X in 对X给予
    inherited: bool = False  # ``noun`` is that of the number before it
    subject: str = ""
    area: str | None = None
    comparison: Comparison = "="
    period: Period = UNDATED
    rank: int | None = None
    rank_scope: str | None = None
    modality: Modality = "actual"
    status: Status = "achieved"
    baseline: str | None = None
    superlative: str | None = None
    source: str | None = None
    right_end: int = 0  # where the noun phrase after the number ends
    bracket: tuple[int, int] | None = None
    each: tuple[str, ...] = ()  # the things of a 分别 list, the one of this number first
    sign: int = 1
    rule_found: str = ""  # the rule that found the number itself

    def finish(self, reading: Reading) -> Observation:
        """Return the observation, with offsets of the stored text."""
        return Observation(
            span=reading.span(self.start, self.end),
            subject=self.subject,
            indicator=self.indicator,
            measure=self.measure,
            value=self.value,
            unit=self.unit,
            rule=self.rule,
            area=self.area,
            comparison=self.comparison,
            period=self.period,
            rank=self.rank,
            rank_scope=self.rank_scope,
            modality=self.modality,
            status=self.status,
            printed=reading.quote(*self.number),
            value_span=reading.span(*self.number),
            baseline=self.baseline,
            superlative=self.superlative,
            source=self.source,
        )
