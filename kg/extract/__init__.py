"""From a report to its facts."""

from dataclasses import replace

from kg.extract.entities import find_entities
from kg.extract.events import find_events
from kg.extract.issue_dates import told_issue
from kg.extract.listings import find_memberships
from kg.extract.observations import find_observations
from kg.extract.relations import find_relations
from kg.extract.survey import survey
from kg.extract.tables import across_cells, find_table_observations, outside_tables
from kg.facts import Facts
from kg.mentions.home import home_place
from kg.mentions.names import find_mentions
from kg.mentions.places import place_named
from kg.passages import Passages, cut
from kg.reading import Reading, read
from kg.report import Report


def read_passages(report: Report) -> Passages:
    """Return the passages of ``report``; a heading that is the name of a place opens that place's section.

    The place before the first such heading is ``report.area``, else the place that the text is mostly about.
    """
    reading = read(report.text)
    headings = {section.heading: section.place for section in report.sections}
    headings = _place_headings(reading) | headings
    area = (place_named(report.area) or report.area) if report.area else None
    if area is None and not headings:
        area = home_place(reading.clean)
    return cut(reading, headings, area)


def _place_headings(reading: Reading) -> dict[str, str]:
    lines = (line.strip() for line in reading.clean.split("\n"))
    return {line: place for line in lines if 2 <= len(line) <= 12 and (place := place_named(line))}


def find_facts(report: Report) -> Facts:
    """Return all facts of ``report``: deterministic, without a model and without a network.

    A report without a date of issue is read with the one that its text tells. Time and memory grow in step with the length of the text.
    """
    if report.issued is None:
        report = replace(report, issued=told_issue(report.text))
    passages = read_passages(report)
    mentions = find_mentions(passages, report)
    read = survey(passages, mentions, report)
    relations = tuple(r for r in find_relations(read) if not across_cells(r.span, report))
    events = tuple(e for e in find_events(read) if not across_cells(e.span, report))
    memberships = tuple(m for m in find_memberships(read) if not across_cells(m.span, report))
    del read  # the largest thing held; numbers do not need it
    cells = find_table_observations(passages, report)
    return Facts(
        observations=outside_tables(find_observations(passages, mentions, report), report.tables, cells),
        relations=relations,
        entities=find_entities(passages, mentions, report),
        events=events,
        memberships=memberships,
    )
