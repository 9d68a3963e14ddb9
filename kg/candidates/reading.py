"""A language model as an extractor: ask about each passage, check every claim, count what does not hold."""

from collections.abc import Callable, Iterable, Sequence

from kg.candidates.answers import Answer, Model, Silence, open_model
from kg.candidates.claims import ClaimError, read_claim
from kg.candidates.ground import Ground, read_ground
from kg.candidates.instructions import asked, instructions
from kg.candidates.shown import LONGEST_SENTENCE, Shown, find_shown
from kg.candidates.summary import SILENCES
from kg.errors import ModelError
from kg.extract.extractor import Extraction, Maker, Rejection, Unread
from kg.facts import Entity, Event, Fact, Facts, Membership, Observation, Relation, record
from kg.report import Report

MOST_CLAIMS = 200  # of one passage
PATIENCE = 3  # passages in a row without an answer, then the rest is not asked
TIMEOUT = 120.0  # seconds a passage
_SHOWN_OF_A_CLAIM = 300  # characters kept of a rejected claim

Progress = Callable[[str, int, int], None]


class ModelExtractor:
    """The model ``name`` at an OpenAI-compatible ``endpoint`` as an extractor.

    ``key`` is sent as the bearer token, ``timeout`` is in seconds a passage, ``first`` asks about so many passages only.
    The same report may give other facts the next time: a model is not deterministic, which is why its facts stay candidates.
    """

    def __init__(
        self,
        name: str,
        endpoint: str,
        *,
        key: str = "",
        timeout: float = TIMEOUT,
        first: int | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.name, self.endpoint, self.key, self.timeout, self.first = name, endpoint, key, timeout, first
        self.progress: Progress = progress or (lambda step, done, total: None)

    def extract(self, report: Report) -> Extraction:
        """Return the candidates of ``report``.

        A passage without an answer is counted and the next one asked. Raises ``ModelError`` when none is answered.
        """
        ground = read_ground(report)
        passages = list(find_shown(ground.passages))[: self.first]
        with open_model(self.name, self.endpoint, instructions(), self.key, self.timeout) as model:
            answers = self._ask(model, passages, report)
        if passages and not any(isinstance(answer, Answer) for answer in answers):
            reason = SILENCES[answers[0].reason][1] if isinstance(answers[0], Silence) else ""
            raise ModelError(self.endpoint, f"no passage was answered ({reason})", "check that a model answers there")
        return _gather(self.name, zip(passages, answers, strict=True), ground, report)

    def _ask(self, model: Model, passages: Sequence[Shown], report: Report) -> list[Answer | Silence]:
        answers: list[Answer | Silence] = []
        for number, shown in enumerate(passages):
            self.progress(self.name, number, len(passages))
            tail = answers[-PATIENCE:]
            if len(tail) == PATIENCE and all(isinstance(answer, Silence) and answer.reason != "too-long" for answer in tail):
                answers.append(Silence("not-asked"))
            elif any(sentence.end - sentence.start > LONGEST_SENTENCE for sentence in shown.sentences):
                answers.append(Silence("too-long"))
            else:
                answers.append(model.ask(asked(shown, report)))
            if answers == [Silence("no-connection", "connect")]:
                break  # nobody listens there
        return answers


def _gather(name: str, answers: Iterable[tuple[Shown, Answer | Silence]], ground: Ground, report: Report) -> Extraction:
    facts: dict[str, Fact] = {}
    rejected: list[Rejection] = []
    unread: list[Unread] = []
    versions: set[str] = set()
    for shown, answer in answers:
        if isinstance(answer, Silence):
            unread.append(Unread(shown.span, answer.reason, answer.detail))
            continue
        versions.add(answer.version)
        for number, claim in enumerate(answer.claims):
            try:
                fact = _checked(claim, number, shown, ground, name)
                if (key := repr(record(fact, report.text))) in facts:
                    raise ClaimError("repeated")
                facts[key] = fact
            except ClaimError as error:
                rejected.append(Rejection(shown.span, error.reason, _said(claim)))
    maker = Maker("model", name, ", ".join(sorted(versions)) or "unknown")
    return Extraction(_sorted(facts.values()), maker, tuple(rejected), tuple(unread))


def _checked(claim: object, number: int, shown: Shown, ground: Ground, name: str) -> Fact:
    if number >= MOST_CLAIMS:
        raise ClaimError("too-many")
    return read_claim(claim, shown, ground, f"model.{name}")


def _said(claim: object) -> str:
    text = repr(claim)
    return text if len(text) <= _SHOWN_OF_A_CLAIM else f"{text[:_SHOWN_OF_A_CLAIM]}…"


def _sorted(facts: Iterable[Fact]) -> Facts:
    """Return ``facts`` by kind, each in text order."""
    found = sorted(facts, key=lambda fact: fact.mentions[0] if isinstance(fact, Entity) else fact.span)
    return Facts(
        tuple(fact for fact in found if isinstance(fact, Observation)),
        tuple(fact for fact in found if isinstance(fact, Relation)),
        tuple(fact for fact in found if isinstance(fact, Entity)),
        tuple(fact for fact in found if isinstance(fact, Event)),
        tuple(fact for fact in found if isinstance(fact, Membership)),
    )
