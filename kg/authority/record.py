"""What is known elsewhere of one thing."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class AuthorityRecord:
    """What is known elsewhere of the thing called ``name``.

    ``ids`` maps a scheme (``wikidata``, ``geonames``, ``ror``, ``gb2260``) to its bare id; ``en`` is the English label
    or an empty string; ``reason`` says why this record and no other is meant.
    """

    name: str
    ids: Mapping[str, str] = field(default_factory=dict)
    en: str = ""
    reason: str = ""

    def uris(self) -> tuple[str, ...]:
        """Return the ids that have a web address, as IRIs in the order of their schemes.

        >>> AuthorityRecord("浙江大学", {"wikidata": "Q197543", "ror": "00a2xv884"}).uris()
        ('https://ror.org/00a2xv884', 'http://www.wikidata.org/entity/Q197543')
        """
        return tuple(WEB[scheme].format(self.ids[scheme]) for scheme in WEB if self.ids.get(scheme))

    def codes(self) -> tuple[str, ...]:
        """Return the ids as ``scheme:id``, sorted.

        >>> AuthorityRecord("温州市", {"wikidata": "Q42635", "gb2260": "330300"}).codes()
        ('gb2260:330300', 'wikidata:Q42635')
        """
        return tuple(f"{scheme}:{value}" for scheme, value in sorted(self.ids.items()))


WEB = {
    "ror": "https://ror.org/{}",
    "wikidata": "http://www.wikidata.org/entity/{}",
    "geonames": "https://sws.geonames.org/{}/",
}
