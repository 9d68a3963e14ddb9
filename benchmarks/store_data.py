"""Reports in the model of this graph, generated: same arguments, same bytes. Data for ``store_speed.py``."""

import random
from collections.abc import Iterator
from pathlib import Path

from kg.namespaces import PREFIXES

ZH = "@zh-Hans"
PERSONS, INSTITUTES, OBSERVATIONS = 40, 12, 30  # of one report
WORDS = (
    "创新",
    "平台",
    "人才",
    "引进",
    "研究院",
    "院士",
    "领衔",
    "产业",
    "专利",
    "转化",
    "孵化器",
    "政策",
    "资金",
    "量子",
    "园区",
    "投资",
    "企业",
    "集群",
)


def report(number: int) -> Iterator[str]:
    """Yield the N-Quads of one report, about 2,000."""
    draw = random.Random(number)
    graph, rid = f"<{PREFIXES['rig']}report-r{number}>", PREFIXES["rid"]
    names = {"rdf": PREFIXES["rdf"], "xsd": PREFIXES["xsd"], "rie": PREFIXES["rie"]}

    def node(kind: str, at: object, of: int = number) -> str:
        return f"<{rid}{kind}-{of}-{at}>"

    def term(curie: str) -> str:
        prefix, _, local = curie.partition(":")
        return f"<{PREFIXES[prefix]}{local}>"

    def line(subject: str, predicate: str, value: str) -> str:
        return f"{subject} {term(predicate)} {value} {graph} .\n"

    def whole(value: int) -> str:
        return f'"{value}"^^<{names["xsd"]}integer>'

    def evidence(start: int) -> Iterator[str]:
        at, quote = node("v", start), " ".join(draw.choice(WORDS) for _ in range(12))
        position, quotation = f"{at[:-1]}-position>", f"{at[:-1]}-quote>"
        yield line(at, "oa:hasSource", f"<{rid}report-r{number}>")
        yield line(at, "oa:hasSelector", position) + line(at, "oa:hasSelector", quotation)
        yield line(position, "oa:start", whole(start)) + line(position, "oa:end", whole(start + len(quote)))
        yield line(quotation, "oa:exact", f'"{quote}"')

    def fact(at: int, subject: str, predicate: str, value: str) -> Iterator[str]:
        me = node("s", at)
        yield line(subject, predicate, value) + line(me, "rdf:type", term("rdf:Statement")) + line(me, "rdf:subject", subject)
        yield line(me, "rdf:predicate", term(predicate)) + line(me, "rdf:object", value)
        yield line(me, "rie:factualStatus", term(draw.choice(("riec:achieved", "riec:planned"))))
        yield line(me, "prov:wasDerivedFrom", node("v", at))
        yield from evidence(at)

    city = f"<{rid}city-{number % 50}>"
    if number < 50:
        yield line(city, "rdf:type", term("rie:PrefectureLevelCity")) + line(city, "rdfs:label", f'"第{number}市"{ZH}')
    at = 0
    for n in range(INSTITUTES):
        me = node("i", n)
        yield line(me, "rdf:type", term("rie:ResearchInstitute")) + line(me, "rdfs:label", f'"第{number}地第{n}研究院"{ZH}')
        yield line(me, "rie:locatedIn", city) if n < 3 else line(me, "rie:partOf", node("i", (n - 1) // 3))
        yield line(me, "rie:entityType", '"Institute"')
        yield from fact(at := at + 1, node("g", n), "rie:supports", me)
    for n in range(PERSONS):
        me = node("p", n)
        yield line(me, "rdf:type", term("schema:Person")) + line(me, "rdfs:label", f'"李{number}之{n}"{ZH}')
        for predicate in ("rie:leads", "rie:representedBy"):
            of = number if draw.random() < 0.8 else draw.randrange(max(1, number))
            yield from fact(at := at + 1, me, predicate, node("i", draw.randrange(INSTITUTES), of))
        yield from fact(at := at + 1, me, "rie:cooperatesWith", node("p", draw.randrange(PERSONS)))
    for n in range(OBSERVATIONS):
        me, at = node("o", n), at + 1
        yield line(me, "rdf:type", term("rie:StatisticalObservation")) + line(me, "rie:indicator", f"<{rid}c-{n}>")
        yield line(me, "rie:observationSubject", city) + line(me, "rie:value", f'"{draw.randrange(99999)}.5"^^<{names["xsd"]}decimal>')
        yield line(me, "sdmx-dimension:refArea", city) + line(me, "prov:wasDerivedFrom", node("v", at))
        yield from evidence(at)


def write_data(folder: Path, triples: int) -> tuple[list[Path], int, int]:
    """Write reports until there are ``triples``; return the files (at most 20), the number of reports and of quads."""
    files, reports, written = [folder / f"part-{part}.nq" for part in range(20)], 0, 0
    handles = [file.open("w", encoding="utf-8") for file in files]
    while written < triples:
        text = "".join(report(reports))
        handles[reports * 20 * 2000 // max(triples, 1) % 20].write(text)
        written, reports = written + text.count("\n"), reports + 1
    for handle in handles:
        handle.close()
    return files, reports, written
