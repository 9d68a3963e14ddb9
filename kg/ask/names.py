"""Find what a parameter value means: a name, a short name or an IRI in the store; a date, a number, a piece of text."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from kg.catalogue import Lang, Parameter, Wording
from kg.catalogue.kinds import KINDS, Kind
from kg.errors import QueryError, UnknownNameError
from kg.namespaces import PREFIXES, RDF, RDFS, SKOS, XSD
from kg.store import Store
from kg.triples.terms import Iri, Literal, Term

_NAMED_BY = f"<{RDFS}label>|<{SKOS}prefLabel>|<{SKOS}altLabel>"
_IRI = re.compile(r"<?(https?://[^\x00-\x20<>\"{}|^`\\]+)>?")
_CURIE = re.compile(r"([a-z][a-z-]*):([A-Za-z0-9_.-]+)")
_DECORATION = re.compile(r"[\s“”\"'‘’《》「」『』（）()·_-]")
_BROKEN = re.compile(r"[\ud800-\udfff]")  # bytes of a command line that are no UTF-8
LONGEST = 500  # characters of a value


@dataclass(frozen=True, slots=True)
class _Named:
    """A thing, one of its names and one of its classes."""

    iri: Iri
    name: str
    cls: str


def find_terms(store: Store, parameter: Parameter, value: str, lang: Lang) -> tuple[Term, ...]:
    """Return the terms that ``value`` means for ``parameter``: one for a literal, one or more for a name.

    Raises ``QueryError`` in ``lang`` for a value of the wrong kind and for an unknown name (with the nearest names).
    """
    kind = KINDS[parameter.kind]
    value = value.strip()
    if not value or len(value) > LONGEST or _BROKEN.search(value):
        raise _wrong(parameter, value, lang)
    if kind.literal:
        return (_literal(parameter, kind.literal, value, lang),)
    iri = _given_iri(value)
    return (_known(store, parameter, kind, iri, value, lang),) if iri else _things(store, parameter, kind, value, lang)


def _known(store: Store, parameter: Parameter, kind: Kind, iri: Iri, value: str, lang: Lang) -> Iri:
    """Return ``iri`` when the graph has it and it is of ``kind``."""
    if not store.ask(f"ASK {{ GRAPH ?g {{ {iri.n3()} ?p ?o }} }}"):
        what, remedy = Wording("图中没有这个 IRI", "the graph has no such IRI"), Wording("检查这个 IRI", "check the IRI")
        raise _error(parameter, value, what.said(lang), remedy.said(lang), UnknownNameError)
    classes = " ".join(Iri(cls).n3() for cls in kind.classes)
    if classes and not store.ask(f"ASK {{ VALUES ?class {{ {classes} }} GRAPH ?g {{ {iri.n3()} a ?class }} }}"):
        raise _wrong(parameter, value, lang)
    return iri


def _things(store: Store, parameter: Parameter, kind: Kind, value: str, lang: Lang) -> tuple[Term, ...]:
    named = _exactly(store, value) if not kind.scheme else []
    fitting = [thing for thing in named if _fits(thing, kind)]
    if not fitting:
        everything = list(_all_names(store, kind))
        plain = _plain(value)
        fitting = [thing for thing in everything if plain in (_plain(thing.name), _plain(_local(thing.iri)))]
        if not fitting and plain.isascii():
            fitting = [thing for thing in everything if _sounds_like(thing.name, plain)]
        if not fitting:
            if named:
                raise _wrong(parameter, value, lang)
            raise _unknown(parameter, kind, value, everything, lang)
    return tuple(sorted({thing.iri for thing in fitting}))


def _given_iri(value: str) -> Iri | None:
    match = _IRI.fullmatch(value)
    if match:
        return Iri(match[1])
    curie = _CURIE.fullmatch(value)
    return Iri(PREFIXES[curie[1]] + curie[2]) if curie and curie[1] in PREFIXES else None


def _literal(parameter: Parameter, literal: str, value: str, lang: Lang) -> Literal:
    if literal == "string":
        return Literal(value)
    if literal == "integer" and re.fullmatch(r"[0-9]{1,9}", value):
        return Literal(str(int(value)), f"{XSD}integer")
    if literal == "date" and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return Literal(date.fromisoformat(value).isoformat(), f"{XSD}date")
        except ValueError:
            pass  # 2020-02-30: reported below like any other text that is no date
    raise _wrong(parameter, value, lang)


def _exactly(store: Store, value: str) -> list[_Named]:
    forms = " ".join(Literal(value, lang=tag).n3() for tag in ("zh-Hans", "zh", "en", ""))
    query = (
        f"SELECT DISTINCT ?thing ?name ?class WHERE {{ VALUES ?name {{ {forms} }} "
        f"GRAPH ?g {{ ?thing {_NAMED_BY} ?name }} GRAPH ?h {{ ?thing <{RDF}type> ?class }} }}"
    )
    return _rows(store, query)


def _all_names(store: Store, kind: Kind) -> Iterable[_Named]:
    """Return every name that a value of ``kind`` could have meant."""
    classes = " ".join(Iri(cls).n3() for cls in kind.classes) or "UNDEF"
    within = f'FILTER(STRSTARTS(STR(?thing), "{kind.scheme}"))' if kind.scheme else ""
    named = f"GRAPH ?g {{ ?thing <{RDF}type> ?class }} GRAPH ?h {{ ?thing {_NAMED_BY} ?name }}"  # English names: authority graph
    return _rows(store, f"SELECT DISTINCT ?thing ?name ?class WHERE {{ VALUES ?class {{ {classes} }} {named} {within} }}")


def _rows(store: Store, query: str) -> list[_Named]:
    found = []
    for row in store.select(query):
        thing = row["thing"]
        if isinstance(thing, Iri):
            found.append(_Named(thing, str(row["name"]), str(row["class"])))
    return found


def _fits(thing: _Named, kind: Kind) -> bool:
    return not kind.classes or thing.cls in kind.classes


def _local(iri: Iri) -> str:
    return re.split(r"[#/]", iri.value)[-1].removeprefix("report-")


def _plain(name: str) -> str:
    """Return ``name`` without marks and blanks, wide forms narrow, Latin small."""
    return _DECORATION.sub("", unicodedata.normalize("NFKC", name)).casefold()


def _error(parameter: Parameter, value: str, what: str, remedy: str, kind: type[QueryError] = QueryError) -> QueryError:
    shown = _BROKEN.sub("\ufffd", value if len(value) <= 60 else value[:60] + "…")
    return kind(f"{parameter.name}={shown}", what, remedy)


def _wrong(parameter: Parameter, value: str, lang: Lang) -> QueryError:
    label, about = KINDS[parameter.kind].label, parameter.about
    what = Wording(f"这不是{label.zh}", f"this is not {label.en}")
    return _error(parameter, value, what.said(lang), Wording(f"请给出{about.zh}", f"give {about.en}").said(lang))


def _unknown(parameter: Parameter, kind: Kind, value: str, things: Iterable[_Named], lang: Lang) -> QueryError:
    close = close_names(value, [thing.name for thing in things])
    what = Wording(f"图中没有这个名称（{kind.label.zh}）", f"the graph has no such name ({kind.label.en})")
    remedy = Wording(f"相近的有：{'、'.join(close)}", f"did you mean {', '.join(close)}?")
    if not close:
        remedy = Wording("用 kg ask quality/names 查看图中的名称", "see the names of the graph with: kg ask quality/names")
    return _error(parameter, value, what.said(lang), remedy.said(lang), UnknownNameError)


def find_things(store: Store, value: str, lang: Lang) -> tuple[Iri, ...]:
    """Return everything that ``value`` may name: a full, short or English name, one in pinyin, or an IRI.

    Raises ``QueryError`` in ``lang`` for a name that the graph does not have, with the nearest ones.
    """
    about = Wording("名称、简称、英文名、拼音或 IRI", "a name, short name, English name, pinyin or IRI")
    found = find_terms(store, Parameter("name", "thing", about, None, None), value, lang)
    return tuple(term for term in found if isinstance(term, Iri))


def _sounds_like(name: str, spoken: str) -> bool:
    """Say whether ``spoken`` is the pinyin of ``name``, any reading of each character.

    >>> _sounds_like("李校堃", "lixiaokun"), _sounds_like("温州市", "wenzhou")
    (True, False)
    """
    from pypinyin import Style, pinyin

    left = {spoken}
    for readings in pinyin(_plain(name), style=Style.NORMAL, heteronym=True):
        spelt = {reading.replace("ü", "v") for reading in readings}
        left = {rest[len(sound) :] for rest in left for sound in spelt if rest.startswith(sound)}
        if not left:
            return False
    return "" in left and name != spoken


def close_names(value: str, names: Iterable[str], limit: int = 5) -> list[str]:
    """Return up to ``limit`` names near ``value``: that hold it or stand in it, that are spelt or pronounced like it.

    >>> close_names("温洲", ["湖州市", "温州市", "李校堃"])
    ['温州市']
    """
    from pypinyin import lazy_pinyin

    known = sorted(set(names), key=lambda name: (len(name), name))
    wanted = _plain(value)
    close = [name for name in known if wanted and (wanted in _plain(name) or (len(name) > 1 and _plain(name) in wanted))]
    sounds: dict[str, list[str]] = {}
    for name in known:
        sounds.setdefault("".join(lazy_pinyin(_plain(name))), []).append(name)
    spoken = "".join(lazy_pinyin(wanted))
    close += [name for sound in sounds if spoken and sound.startswith(spoken) for name in sounds[sound]]
    close += get_close_matches(value, known, n=limit, cutoff=0.5)
    close += [name for sound in get_close_matches(spoken, sounds, n=limit, cutoff=0.75) for name in sounds[sound]]
    return list(dict.fromkeys(close))[:limit]
