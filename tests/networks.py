"""Two short made-up reports and the facts in them, written down by hand, for the tests of views and pages."""

from decimal import Decimal

from kg.extract import read_passages
from kg.facts import Entity, Event, Facts, Membership, Observation, Period, Relation, Span
from kg.namespaces import RIG
from kg.report import Issued, Report
from kg.resources import resource
from kg.store import Store, read_rdf
from kg.triples import to_quads
from kg.triples.terms import Iri
from kg.triples.vocabulary import read_vocabulary

HOSTILE = "</script><script>window.hit=1</script><img src=x onerror=window.hit=1>href"
FIRST = (
    "临江市\n"
    "𠮷祥之年，由李校堃院士领衔的临江大学病毒研究院（简称病毒院）于今年4月正式挂牌。临江市与丽水市合作。\n"
    "临江市计划引进东海大学临江分院；临江市以打造创新高地为目标，拥有高新企业超75家。\n"
    f"临江市支持{HOSTILE}项目。临江市、丽水市、东海大学共同举办论坛。临江市开园。\n"
)
SECOND = "临江市\n由李校堃院士领衔的临江大学病毒研究院成效显著。\n"


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def report(name: str, text: str) -> Report:
    return Report(name, text, f"sha-{name}", f"{name}的报告", Issued("2020"))


def _entity(text: str, name: str, kind: str, *aliases: str) -> Entity:
    found = [span(text, printed) for printed in (name, *aliases) if printed in text]
    return Entity(name, kind, "test.name", aliases, tuple(sorted(found)))


LEADS = "由李校堃院士领衔的临江大学病毒研究院"


def first_facts() -> Facts:
    def relation(words: str, subject: str, predicate: str, target: str, **more: object) -> Relation:
        return Relation(span(FIRST, words), subject, predicate, target, "test.relation", **more)  # type: ignore[arg-type]

    april = Period("2020-04-01", "2020-04-30", "stated", "今年4月")
    return Facts(
        entities=(
            _entity(FIRST, "临江市", "City"),
            _entity(FIRST, "丽水市", "City"),
            _entity(FIRST, "李校堃", "Academician", "李校堃院士"),
            _entity(FIRST, "临江大学病毒研究院", "Institute", "病毒院"),
            _entity(FIRST, "东海大学临江分院", "Institute"),
            _entity(FIRST, "东海大学", "University"),
            _entity(FIRST, HOSTILE, "Programme"),
        ),
        relations=(
            relation(LEADS, "李校堃", "leads", "临江大学病毒研究院", period=april),
            relation("临江大学病毒研究院", "临江大学病毒研究院", "located_in", "临江市"),
            relation("临江市与丽水市合作", "临江市", "cooperates_with", "丽水市", qualifiers=(("field", "数字经济"),)),
            relation("计划引进东海大学临江分院", "临江市", "recruited", "东海大学临江分院", status="planned"),
            relation("以打造创新高地为目标", "临江市", "aims_at", "打造创新高地"),
            relation(f"支持{HOSTILE}项目", "临江市", "supports", HOSTILE),
        ),
        events=(
            Event(span(FIRST, "于今年4月正式挂牌"), "正式挂牌", ("临江大学病毒研究院", "李校堃"), "test.event", "unveiling", "2020-04"),
            Event(span(FIRST, "临江市、丽水市、东海大学共同举办论坛"), "举办论坛", ("临江市", "丽水市", "东海大学"), "test.event"),
            Event(span(FIRST, "临江市开园"), "开园", ("临江市",), "test.event", "opening"),
        ),
        memberships=(Membership(span(FIRST, "临江市、丽水市"), "办会城市", "丽水市", "test.list", order=2),),
        observations=(
            Observation(
                span(FIRST, "拥有高新企业超75家"),
                "临江市",
                "高新企业",
                "value",
                Decimal(75),
                "家",
                "test.number",
                comparison=">",
                printed="75家",
            ),
        ),
    )


def second_facts() -> Facts:
    return Facts(
        entities=(
            _entity(SECOND, "临江市", "City"),
            _entity(SECOND, "李校堃", "Academician"),
            _entity(SECOND, "临江大学病毒研究院", "Institute"),
        ),
        relations=(
            Relation(
                span(SECOND, LEADS),
                "李校堃",
                "leads",
                "临江大学病毒研究院",
                "test.relation",
                period=Period("2020-04-01", "2020-04-30", "stated"),
            ),
        ),
    )


def small_store() -> Store:
    """Return a store with the ontology and the graphs of both reports."""
    return store_of((report("first", FIRST), first_facts()), (report("second", SECOND), second_facts()))


def store_of(*reports: tuple[Report, Facts]) -> Store:
    """Return a store with the ontology and the graphs of ``reports``."""
    ontology = [
        quad
        for name in ("core.ttl", "external.ttl", "concepts.ttl")
        for quad in read_rdf(resource("ontology") / name, Iri(f"{RIG}ontology"))
    ]
    vocabulary = read_vocabulary(ontology)
    quads = list(ontology)
    for source, facts in reports:
        quads.extend(to_quads(source, facts, read_passages(source), vocabulary))
    return Store.of_quads(quads)
