"""Evidence: a passage of the report, with its place, its words and the sentence around it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from kg.facts import Span
from kg.namespaces import DCTERMS, OA, RDF, RIE
from kg.passages import Passages
from kg.sources import Position
from kg.triples import iris
from kg.triples.terms import Iri, Literal, Term, integer

CONTEXT = 32  # characters of oa:prefix and oa:suffix
PDF_FRAGMENT = "http://tools.ietf.org/rfc/rfc8118"  # page=3
TEXT_FRAGMENT = "http://tools.ietf.org/rfc/rfc5147"  # line=4,6


class Sentences:
    """The sentences of a report as spans of the stored text, in order, each with the mark that closes it."""

    def __init__(self, passages: Passages) -> None:
        spans = []
        for paragraph in passages.paragraphs:
            for sentence in paragraph.sentences:
                closed = sentence.end + (sentence.mark != "\n")
                spans.append(passages.reading.span(sentence.start, closed))
        self.spans = tuple(spans)
        self._starts = [span.start for span in spans]
        self._ends = [span.end for span in spans]

    def around(self, span: Span) -> Span:
        """Return the smallest run of whole sentences that holds ``span``, or ``span`` where no sentence does."""
        first = bisect_right(self._starts, span.start) - 1
        last = bisect_left(self._ends, span.end)
        if first < 0 or last >= len(self._ends):
            return span
        return Span(min(self._starts[first], span.start), max(self._ends[last], span.end))


def evidence_triples(report: str, text: str, span: Span, sentence: Span) -> Iterator[tuple[Iri, str, Term]]:
    """Yield the triples of the passage ``text[span.start:span.end]``: source, two selectors, sentence around it.

    Offsets count Unicode code points from 0, end-exclusive, as the Web Annotation model prescribes.
    """
    node = iris.evidence(report, span.start, span.end)
    position, quotation = iris.part(node, "position"), iris.part(node, "quote")
    yield node, f"{RDF}type", Iri(f"{OA}SpecificResource")
    yield node, f"{OA}hasSource", iris.document(report)
    yield node, f"{OA}hasSelector", position
    yield node, f"{OA}hasSelector", quotation
    yield node, f"{RIE}inSentence", iris.evidence(report, sentence.start, sentence.end)
    yield position, f"{RDF}type", Iri(f"{OA}TextPositionSelector")
    yield position, f"{OA}start", integer(span.start)
    yield position, f"{OA}end", integer(span.end)
    yield quotation, f"{RDF}type", Iri(f"{OA}TextQuoteSelector")
    yield quotation, f"{OA}exact", Literal(text[span.start : span.end])
    yield quotation, f"{OA}prefix", Literal(text[max(0, span.start - CONTEXT) : span.start])
    yield quotation, f"{OA}suffix", Literal(text[span.end : span.end + CONTEXT])


def original_triples(report: str, span: Span, position: Position) -> Iterator[tuple[Iri, str, Term]]:
    """Yield the triples that say where the passage at ``span`` begins in the file that the text was read from.

    A page of a PDF and the lines of a Markdown file are an ``oa:FragmentSelector`` with its standard, an element of an HTML
    page or a DOCX document is an ``oa:XPathSelector``, as the Web Annotation model prescribes.
    """
    node = iris.evidence(report, span.start, span.end)
    original = iris.part(node, "original")
    yield node, f"{OA}hasSelector", original
    yield original, f"{RDF}value", Literal(position.place)
    if position.element is not None:
        yield original, f"{RDF}type", Iri(f"{OA}XPathSelector")
        return
    yield original, f"{RDF}type", Iri(f"{OA}FragmentSelector")
    yield original, f"{DCTERMS}conformsTo", Iri(PDF_FRAGMENT if position.page is not None else TEXT_FRAGMENT)
