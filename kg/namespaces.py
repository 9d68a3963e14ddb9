"""The IRI namespaces of the project; the base stands here and nowhere else in the program.

Ontology and query files spell their prefixes out, so that they run unchanged in any SPARQL editor; a test compares
each of them with this module, and ``make namespace BASE=...`` rewrites them all.
"""

BASE = "https://w3id.org/rieco/"

RIE = f"{BASE}ontology#"  # classes and properties
RIEC = f"{BASE}concept/"  # SKOS code lists
RID = f"{BASE}id/"  # named things, facts, evidence
RIG = f"{BASE}graph/"  # named graphs
RULE = f"{BASE}rule/"  # extraction rules

OA = "http://www.w3.org/ns/oa#"
ORG = "http://www.w3.org/ns/org#"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
TIME = "http://www.w3.org/2006/time#"
GEO = "http://www.opengis.net/ont/geosparql#"
SCHEMA = "https://schema.org/"
PPLAN = "http://purl.org/net/p-plan#"
UNIT = "http://qudt.org/vocab/unit/"
SDMX_DIMENSION = "http://purl.org/linked-data/sdmx/2009/dimension#"
SDMX_ATTRIBUTE = "http://purl.org/linked-data/sdmx/2009/attribute#"
DCTERMS = "http://purl.org/dc/terms/"
DCAT = "http://www.w3.org/ns/dcat#"
VOID = "http://rdfs.org/ns/void#"

PREFIXES: dict[str, str] = {
    "rie": RIE,
    "riec": RIEC,
    "rid": RID,
    "rig": RIG,
    "rule": RULE,
    "oa": OA,
    "org": ORG,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "time": TIME,
    "geo": GEO,
    "schema": SCHEMA,
    "p-plan": PPLAN,
    "unit": UNIT,
    "sdmx-dimension": SDMX_DIMENSION,
    "sdmx-attribute": SDMX_ATTRIBUTE,
    "dcterms": DCTERMS,
    "dcat": DCAT,
    "void": VOID,
}
