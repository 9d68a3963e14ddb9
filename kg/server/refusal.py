"""A request that is not answered: the status, one sentence in both languages, and the form in which it is sent."""

import json
from collections.abc import Mapping

from kg.errors import KgError
from kg.server.negotiation import accepted
from kg.wording import Lang, Wording

PROBLEM = "application/problem+json"
PLAIN = "text/plain; charset=utf-8"
_JSON = ("application/json", PROBLEM, "application/sparql-results+json", "application/ld+json")


class Refusal(Exception):  # noqa: N818  (an answer, not a fault)
    """``kind`` is a stable word for programs (``time-limit``); ``what`` and ``remedy`` make the sentence for people; ``line``
    is the line of a query that is at fault.

    The whole table of statuses and kinds stands in ``docs/server.md``.
    """

    def __init__(
        self,
        status: int,
        kind: str,
        what: Wording,
        remedy: Wording,
        headers: Mapping[str, str] | None = None,
        line: int | None = None,
    ) -> None:
        self.status, self.kind, self.what, self.remedy, self.line = status, kind, what, remedy, line
        self.headers = dict(headers or {})
        super().__init__(f"{what.en} - {remedy.en}")

    def sentence(self, lang: Lang) -> str:
        """Return what is wrong and what to do about it."""
        return f"{self.what.said(lang)} - {self.remedy.said(lang)}"

    def written(self, accept: str, lang: Lang) -> tuple[str, bytes]:
        """Return media type and body: a problem in JSON (RFC 9457) for those who ask for JSON, else the sentence."""
        if accepted(accept, ("text/plain", *_JSON)) in _JSON:
            problem: dict[str, object] = {"type": "about:blank", "title": self.what.said(lang), "status": self.status, "kind": self.kind}
            problem |= {"detail": self.sentence(lang)} | ({} if self.line is None else {"line": self.line})
            return PROBLEM, (json.dumps(problem, ensure_ascii=False) + "\n").encode("utf-8")
        return PLAIN, f"{self.sentence(lang)}\n".encode("utf-8", "replace")


def of_error(status: int, kind: str, error: KgError) -> Refusal:
    """Return the refusal that says what ``error`` says, in both languages where it can."""
    where, what, remedy = error.parts
    return Refusal(status, kind, Wording(f"{where.zh}: {what.zh}", f"{where.en}: {what.en}"), remedy)
