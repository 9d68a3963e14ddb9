"""A graph of institutes, people, statements and figures of any size, and the point queries of a catalogue over it."""

import itertools
from collections.abc import Iterator

BASE = "http://example.org/"
PEOPLE, PLACES, INDICATORS = 120, 97, 60  # people of an institute; places in which institutes lie; figures of a place
_NUMBERS = itertools.count()


def institutes_of(wanted: int) -> int:
    return wanted // (PEOPLE * 8 + 4)


def triples(wanted: int) -> Iterator[str]:
    """Yield about ``wanted`` N-Triples lines: institutes in places, their people, statements with evidence, figures."""
    count = institutes_of(wanted)
    for number in range(count):
        institute = f"<{BASE}institute/{number}>"
        yield f'{institute} <{BASE}label> "研究院{number}"@zh-hans .\n'
        yield f"{institute} <{BASE}in> <{BASE}place/{number % PLACES}> .\n"
        yield f"{institute} <{BASE}cooperates> <{BASE}institute/{number * 7 % count}> .\n"
        yield f"{institute} <{BASE}cooperates> <{BASE}institute/{number * 11 % count}> .\n"
        for place in range(PEOPLE):
            yield from _person(f"{number}-{place}", institute, number * 31 + place)
    for number in range(PLACES * INDICATORS):
        place, figure = f"<{BASE}place/{number % PLACES}>", f"<{BASE}figure/{number}>"
        yield f"{figure} <{BASE}area> {place} .\n"
        yield f"{figure} <{BASE}indicator> <{BASE}indicator/{number // PLACES}> .\n"
        yield f'{figure} <{BASE}value> "{number * 7919 % 10007}"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'


def _person(name: str, institute: str, number: int) -> Iterator[str]:
    person, statement = f"<{BASE}person/{name}>", f"<{BASE}statement/{name}>"
    yield f'{person} <{BASE}label> "人物{name}"@zh-hans .\n'
    yield f"{person} <{BASE}at> {institute} .\n"
    yield f'{person} <{BASE}role> "{number % 50}" .\n'
    yield f"{person} <{BASE}coauthor> <{BASE}person/{number % 40}-{number % PEOPLE}> .\n"
    yield f"{statement} <{BASE}subject> {person} .\n"
    yield f"{statement} <{BASE}object> {institute} .\n"
    yield f"{statement} <{BASE}evidence> <{BASE}passage/{number % 5000}> .\n"
    yield f'{statement} <{BASE}quote> "{name}任职于此，时间为2020年。" .\n'


def query(number: int, institutes: int, distinct: bool) -> str:
    """Return the query ``number`` of the mix, which is that of a catalogue: what lies at, near and under one thing.

    ``distinct``: no two queries are the same text, so that no endpoint can keep answers.
    """
    one = number * 7919 % institutes
    institute, person = f"<{BASE}institute/{one}>", f"<{BASE}person/{one}-{number % PEOPLE}>"
    mix = (
        f'SELECT ?x WHERE {{ ?x <{BASE}label> "研究院{one}"@zh-hans }}',
        f"SELECT ?person ?name ?role WHERE {{ ?person <{BASE}at> {institute} ; <{BASE}label> ?name ; <{BASE}role> ?role }}",
        f"SELECT DISTINCT ?other WHERE {{ {person} <{BASE}at> ?mine . {{ ?mine <{BASE}cooperates> ?other }} UNION "
        f"{{ ?other <{BASE}cooperates> ?mine }} }}",
        f"SELECT ?institute ?name WHERE {{ ?institute <{BASE}in> <{BASE}place/{one % PLACES}> ; <{BASE}label> ?name }}",
        f"SELECT ?area ?value WHERE {{ ?x <{BASE}indicator> <{BASE}indicator/{number % INDICATORS}> ; <{BASE}area> ?area ; "
        f"<{BASE}value> ?value }} ORDER BY DESC(?value) ?area",
        f"SELECT ?quote ?passage WHERE {{ ?s <{BASE}subject> {person} ; <{BASE}object> {institute} ; <{BASE}quote> ?quote ; "
        f"<{BASE}evidence> ?passage }}",
        f"SELECT ?s ?p ?o WHERE {{ {{ {institute} ?p ?o }} UNION {{ ?s ?p {institute} }} }}",
    )
    return mix[number % len(mix)] + (f" # {next(_NUMBERS)}" if distinct else "")
