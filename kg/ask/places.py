"""What lies in a place, however many steps down: by statements, by official codes, by the area a body serves.

A thing that is said to be located somewhere lies there; one that is not lies where the whole is that it is part of, is
listed under or is incubated in (an institute of a university elsewhere lies where it stands itself). A person or team lies
where that lies which they lead or which recruited them. Circles are walked once.
"""

from collections.abc import Collection, Iterable

from kg.namespaces import DCTERMS, RIE, SCHEMA
from kg.store import Store
from kg.triples.terms import Iri

_AT_ONCE = 400  # places in one query
_PEOPLE = '"Academician" "Person" "Team"'
_INSIDE = f"""
  {{ ?thing <{RIE}locatedIn>|<{SCHEMA}areaServed> ?place }}
  UNION {{
    {{ ?thing <{RIE}partOf>|<{RIE}incubatedIn> ?place }} UNION {{ ?listing <{RIE}whole> ?place ; <{RIE}part> ?thing }}
    FILTER NOT EXISTS {{ ?thing <{RIE}locatedIn> ?elsewhere }}
  }}
  UNION {{
    {{ ?thing <{RIE}leads>|<{RIE}memberOf>|<{RIE}represents> ?place }} UNION {{ ?place <{RIE}recruited> ?thing }}
    ?thing <{RIE}entityType> ?type . VALUES ?type {{ {_PEOPLE} }}
  }}"""


def lying_in(store: Store, places: Collection[str]) -> frozenset[str]:
    """Return ``places`` (IRIs) and everything that lies in them."""
    parts: dict[str, list[str]] = {}
    for part, whole in places_by_code(store).items() if places else ():
        parts.setdefault(whole, []).append(part)
    inside: set[str] = set()
    fresh = set(places)
    while fresh:
        inside |= fresh
        fresh = {thing for place in fresh for thing in parts.get(place, ())} | _directly_in(store, fresh)
        fresh -= inside
    return frozenset(inside)


def _directly_in(store: Store, places: Iterable[str]) -> set[str]:
    wanted = sorted(places)
    found: set[str] = set()
    for begin in range(0, len(wanted), _AT_ONCE):
        values = " ".join(Iri(place).n3() for place in wanted[begin : begin + _AT_ONCE])
        rows = store.select(f"SELECT DISTINCT ?thing WHERE {{ VALUES ?place {{ {values} }} GRAPH ?graph {{ {_INSIDE} }} }}")
        found |= {str(row["thing"]) for row in rows}
    return found


def places_by_code(store: Store) -> dict[str, str]:
    """Return for each place the one it stands under by its code (GB/T 2260: two digits each for province, city, county)."""
    query = f'SELECT ?place ?code WHERE {{ GRAPH ?g {{ ?place <{DCTERMS}identifier> ?code }} FILTER(STRSTARTS(?code, "gb2260:")) }}'
    places = {str(row["code"]).removeprefix("gb2260:"): str(row["place"]) for row in store.select(query)}
    found: dict[str, str] = {}
    for code, place in sorted(places.items()):
        above = [f"{code[:digits]}{'0' * (6 - digits)}" for digits in (4, 2)]
        parent = next((places[other] for other in above if other != code and other in places), None)
        if parent:
            found[place] = parent
    return found
