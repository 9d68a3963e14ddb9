"""When an event took place: printed in its sentence, pointed to (同年, 仪式上), or the year that the whole report is about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.acts import ClauseActs
from kg.extract.ground import Ground
from kg.facts import Period

_SAME_DAY = re.compile(r"当[天日]|同[日天]|[会式坛动]上|现场|活动期间|会议期间|大会期间|随后|会后|会前")
_SAME_YEAR = re.compile(r"同年")
_NEXT_YEAR = re.compile(r"次年|翌年|第二年")
_SAME_MONTH = re.compile(r"同月|当月")
_ENDINGS = ("底", "末", "终")
LEADS = 2  # sentences in which a piece of news tells its day
_DAY = 10  # characters of an ISO day


@dataclass(frozen=True, slots=True)
class When:
    """The ISO day, month or year of an event; ``printed`` tells whether its sentence prints it or points to it."""

    date: str | None
    printed: bool


@dataclass(slots=True)
class Dates:
    """Walks the sentences of a report in text order and remembers the dates that they print."""

    ground: Ground
    _last: str = ""  # the date printed last
    _day: str = ""  # the day printed last
    _lead: str = ""  # the day with which a piece of news begins: what it goes on to tell took place on it
    _left: int = 0  # sentences read so far

    def of(self, clauses: Sequence[ClauseActs], i: int) -> When:
        """Return when an event in clause ``i`` of a sentence took place; a date of that clause or of one before it goes first."""
        for clause in reversed(clauses[: i + 1]):
            if date := self._printed(clause):
                return When(date, True)
        if pointed := self._pointed(clauses[0].clause.start, clauses[i].clause.end):
            return When(pointed, True)
        if clauses[i].planned:
            return When(None, False)
        return When(str(self.ground.review) if self.ground.review else self._lead or None, False)

    def _printed(self, clause: ClauseActs) -> str | None:
        period = self.ground.period(clause.clause.start, clause.clause.end)
        return _iso(period) if period.start else None

    def _pointed(self, start: int, end: int) -> str | None:
        masked = self.ground.masked
        if self._day and _SAME_DAY.search(masked, start, end):
            return self._day
        if not self._last:
            return None
        if _SAME_YEAR.search(masked, start, end):
            return self._last[:4]
        if _NEXT_YEAR.search(masked, start, end):
            return str(int(self._last[:4]) + 1)
        return self._last[:7] if len(self._last) >= 7 and _SAME_MONTH.search(masked, start, end) else None

    def leave(self, clauses: Sequence[ClauseActs]) -> None:
        """Remember the dates of a sentence for those that follow it."""
        for clause in clauses:
            if date := self._printed(clause):
                self._last = date
                self._day = date if len(date) == _DAY else self._day
        self._left += 1
        if self._left <= LEADS and clauses[0].sentence.mark == "。":  # an imprint is no sentence
            self._lead = self._lead or self._day


def _iso(period: Period) -> str | None:
    """Return the shortest ISO form of a period: its day, month or year, or ``None`` when it spans more than a year.

    The end of a year or month (去年底) is its last month.

    >>> _iso(Period("2020-04-01", "2020-04-30")), _iso(Period("2020-01-01", "2020-05-31"))
    ('2020-04', '2020')
    >>> _iso(Period("2019-12-31", "2019-12-31", "stated", "去年底"))
    '2019-12'
    """
    if not period.start or not period.end or period.start[:4] != period.end[:4]:
        return None
    if period.start == period.end:
        return period.start[:7] if (period.printed or "").endswith(_ENDINGS) else period.start
    return period.start[:7] if period.start[:7] == period.end[:7] else period.start[:4]
