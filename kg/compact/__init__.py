"""The compact form of a network: integer ids, one string table, typed arrays of edges."""

from kg.compact.network import CompactNetwork, Flags
from kg.compact.reading import TIES, read_compact
from kg.compact.rows import Ints, both_ways
from kg.compact.texts import Texts

__all__ = ["TIES", "CompactNetwork", "Flags", "Ints", "Texts", "both_ways", "read_compact"]
