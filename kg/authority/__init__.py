"""Link the entities of a report to what is known elsewhere: divisions of China, ROR, Wikidata, GeoNames.

A link says ``skos:exactMatch``: it is made only where exactly one record can be meant. A name that two records share,
or a short name that fits several, stays without a link; every record that was considered is kept with the reason.
"""

from kg.authority.linking import LinkCandidate, Linking, find_links, is_ambiguous, link, weigh
from kg.authority.record import WEB, AuthorityRecord

__all__ = ["WEB", "AuthorityRecord", "LinkCandidate", "Linking", "find_links", "is_ambiguous", "link", "weigh"]
