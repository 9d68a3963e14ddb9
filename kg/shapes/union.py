"""A SPARQL constraint over the union of the named graphs: each of its triple patterns may hold in any graph.

SHACL asks its constraints of one graph; the store has many, and its default graph is empty. So ``?s ex:p ?a , ?b`` becomes
``GRAPH ?_g1 { ?s ex:p ?a } GRAPH ?_g2 { ?s ex:p ?b }``, and a sequence path is cut into its steps.

What must not exist is asked in one of two ways that mean the same. For few focus nodes it is looked up pattern by pattern, each
``EXISTS`` within the one before: left as one group, the engine would begin with whichever pattern has fewest matches in the whole
store, for every row anew. For all focus nodes several patterns become ``MINUS``, which goes through them once.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import rdflib

from kg.shapes.faults import unsupported
from kg.shapes.paths import Names
from kg.wording import Wording

_TOKEN = re.compile(
    r"""\#[^\n]*
    | <[^<>"{}|^`\\\x00-\x20]*>
    | (?:\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*')(?:@[A-Za-z-]+|\^\^(?:<[^<>]*>|[\w.-]*:[\w.-]*))?
    | [+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?
    | [?$]\w+
    | [^\W\d]?[\w.-]*:(?:[\w-](?:[\w.-]*[\w-])?)?
    | [^\W\d]\w*
    | && | \|\| | != | <= | >= | \S""",
    re.DOTALL | re.VERBOSE,
)
_BLOCKS = frozenset({"OPTIONAL", "UNION", "MINUS"})
_REFUSED = frozenset({"GRAPH", "SERVICE", "SELECT", "["})


@dataclass(frozen=True, slots=True)
class Union:
    """How to read the constraint of ``shape``: ``holding`` tells the graphs that have a property; ``whole`` asks for all focus nodes."""

    shape: rdflib.term.Node
    names: Names
    holding: Callable[[str], tuple[str, ...]]
    whole: bool = True

    def read(self, where: str) -> str:
        """Return the group ``where`` (``{ ... }``) with a ``GRAPH`` around each step; ``InputError`` for what cannot be read."""
        reader = _Reader([token for token in _TOKEN.findall(where) if not token.startswith("#")], self)
        text = reader.group()
        if reader.peek() is not None:
            raise unsupported(
                self.shape,
                Wording(
                    f"它的查询在最后一个大括号之后还有 {reader.peek()!r}", f"{reader.peek()!r} stands after the last brace of its query"
                ),
            )
        return text


class _Reader:
    """Reads a group graph pattern token by token and writes it anew."""

    def __init__(self, tokens: list[str], union: Union) -> None:
        self._tokens = tokens
        self._at = 0
        self._shape = union.shape
        self._names = union.names
        self._holding = union.holding
        # MINUS means the same as NOT EXISTS only where every variable is bound
        self._subtract = union.whole and not any(token.upper() in _BLOCKS for token in tokens)

    def peek(self) -> str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _next(self, wanted: str = "") -> str:
        token = self.peek()
        if token is None or (wanted and token.upper() != wanted):
            raise unsupported(
                self._shape,
                Wording(
                    f"它的查询在应有 {wanted or '更多内容'!r} 的地方是 {token!r}",
                    f"its query has {token!r} where {wanted or 'more'!r} was expected",
                ),
            )
        self._at += 1
        return token

    def group(self) -> str:
        self._next("{")
        parts = []
        while self.peek() != "}":
            parts.append(self._part())
        self._next("}")
        taken = [part for part in parts if part.startswith("MINUS")]  # takes from what stands before it, so it comes last
        return f"{{ {' '.join([part for part in parts if part not in taken] + taken)} }}"

    def _absent(self) -> str:
        """Return FILTER NOT EXISTS in the way that suits; called at its brace."""
        patterns, others = self._patterns()
        if self._subtract and len(patterns) > 1 and not others:
            return f"MINUS {{ {' '.join(patterns)} }}"
        return f"FILTER NOT {self._nested(patterns, others)}"

    def _nested(self, patterns: list[str], others: list[str]) -> str:
        text = " ".join(others)
        for pattern in reversed(patterns):
            text = f"EXISTS {{ {pattern} {text} }}" if pattern is patterns[-1] else f"EXISTS {{ {pattern} FILTER {text} }}"
        return text

    def _patterns(self) -> tuple[list[str], list[str]]:
        """Read a group; return its triple patterns and everything else in it."""
        self._next("{")
        patterns: list[str] = []
        others: list[str] = []
        outer, self._subtract = self._subtract, False
        while self.peek() != "}":
            if self._at_triples():
                patterns += self._triples()
            else:
                others.append(self._part())
        self._next("}")
        self._subtract = outer
        if not patterns:
            raise unsupported(
                self._shape, Wording("它的查询里不得存在的部分没有三元组模式", "what must not exist in its query has no triple pattern")
            )
        return patterns, [part for part in others if part != "."]

    def _at_triples(self) -> bool:
        token = self.peek() or ""
        return token not in {"{", "}", "."} and token.upper() not in _BLOCKS | _REFUSED | {"FILTER", "BIND", "VALUES"}

    def _part(self) -> str:
        token = self.peek() or ""
        word = token.upper()
        if word in _REFUSED:
            raise unsupported(self._shape, Wording(f"它的查询用了 {token}，不能编译", f"its query uses {token}, which is not compiled"))
        if token == "{":
            return self.group()
        if token == ".":
            return self._next()
        if word in _BLOCKS:
            return f"{self._next()} {self.group()}"
        if [part.upper() for part in self._tokens[self._at : self._at + 3]] == ["FILTER", "NOT", "EXISTS"]:
            self._at += 3
            return self._absent()
        if word in {"FILTER", "BIND"}:
            return f"{self._next()} {self._condition()}"
        if word == "VALUES":
            return " ".join(self._until("}"))
        return " ".join(self._triples())

    def _until(self, last: str) -> Iterator[str]:
        while True:
            token = self._next()
            yield token
            if token == last:
                return

    def _condition(self) -> str:
        """A bracketed expression, a function call, or [NOT] EXISTS; groups within are read as groups."""
        parts: list[str] = []
        depth = 0
        while True:
            token = self.peek()
            if token == "{":
                parts.append(self.group())
            else:
                parts.append(self._next())
                depth += {"(": 1, ")": -1}.get(parts[-1], 0)
            if depth == 0 and (parts[-1] == ")" or parts[-1].startswith("{")):
                return " ".join(parts)

    def _triples(self) -> Iterator[str]:
        subject = self._next()
        while True:
            steps = self._path()
            while True:
                yield self._chain(subject, steps, self._next())
                if self.peek() != ",":
                    break
                self._next()
            while self.peek() == ";":
                self._next()
            if not self._at_triples():
                return

    def _path(self) -> list[str]:
        """Return the steps of a path, cut at the slashes that stand outside brackets."""
        steps = [self._step()]
        while self.peek() == "/":
            self._next()
            steps.append(self._step())
        if self.peek() == "|":
            raise unsupported(
                self._shape, Wording("它的查询里有未加括号的可选路径", "its query has an alternative path without brackets around it")
            )
        return steps

    def _step(self) -> str:
        text = self._next()
        if text == "^":
            text += self._next()
        if text.endswith("("):
            while text.count("(") > text.count(")"):
                text += self._next()
        if self.peek() in {"*", "+", "?"}:
            text += self._next()
        return text

    def _chain(self, subject: str, steps: list[str], target: str) -> str:
        stops = [subject, *(self._names.fresh() for _ in steps[1:]), target]
        return " ".join(self._hop(stops[i], step, stops[i + 1]) for i, step in enumerate(steps))

    def _hop(self, subject: str, step: str, target: str) -> str:
        """Return one step; a repeated one is asked of the graphs that have its property, or it would hold once a graph."""
        if step[-1] not in "*+?" or step[0] in "?$":
            return f"GRAPH {self._names.fresh('g')} {{ {subject} {step} {target} }}"
        if step[0] == "(":
            raise unsupported(
                self._shape, Wording("它的查询重复了不止一个属性的路径", "its query repeats a path of more than one property")
            )
        graphs = self._holding(step[:-1].lstrip("^")) or ("urn:none",)
        return " UNION ".join(f"{{ GRAPH <{graph}> {{ {subject} {step} {target} }} }}" for graph in graphs)
