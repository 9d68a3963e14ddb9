"""The forms of an answer, their media types and the short names by which a link can ask for them."""

JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
CSV = "text/csv"
TSV = "text/tab-separated-values"
TURTLE = "text/turtle"
NTRIPLES = "application/n-triples"
NQUADS = "application/n-quads"
TRIG = "application/trig"
RDFXML = "application/rdf+xml"
JSONLD = "application/ld+json"
HTML = "text/html"

# what is on offer, and how it is written: the first is sent to those who accept anything
ROWS: dict[str, str] = {JSON: JSON, XML: XML, CSV: CSV, TSV: TSV, "application/json": JSON, "application/xml": XML, "text/xml": XML}
TRIPLES: dict[str, str] = {
    TURTLE: TURTLE,
    NTRIPLES: NTRIPLES,
    NQUADS: NQUADS,
    TRIG: TRIG,
    RDFXML: RDFXML,
    JSONLD: JSONLD,
    "application/x-turtle": TURTLE,
    "text/n3": TURTLE,
    "application/json": JSONLD,
    "application/xml": RDFXML,
    "text/xml": RDFXML,
    "text/plain": NTRIPLES,
}

NAMES: dict[str, str] = {
    "json": JSON,
    "xml": XML,
    "csv": CSV,
    "tsv": TSV,
    "turtle": TURTLE,
    "ttl": TURTLE,
    "ntriples": NTRIPLES,
    "nt": NTRIPLES,
    "nquads": NQUADS,
    "nq": NQUADS,
    "trig": TRIG,
    "rdfxml": RDFXML,
    "rdf": RDFXML,
    "jsonld": JSONLD,
}

_TEXT = (CSV, TSV, TURTLE, HTML, "text/plain", "text/css", "text/javascript")


def content_type(media: str) -> str:
    """Return the value of a ``Content-Type`` header: text types name UTF-8.

    >>> content_type("text/csv"), content_type("application/n-triples")
    ('text/csv; charset=utf-8', 'application/n-triples')
    """
    return f"{media}; charset=utf-8" if media in _TEXT else media
