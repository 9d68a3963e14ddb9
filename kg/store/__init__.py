"""Stores: named graphs that answer SPARQL, embedded in this process or at a server, behind one interface."""

from kg.store.embedded import Compaction, EmbeddedStore
from kg.store.interface import Rows, Store, is_address
from kg.store.loading import read_rdf, revise_store, write_store

__all__ = ["Compaction", "EmbeddedStore", "Rows", "Store", "is_address", "read_rdf", "revise_store", "write_store"]
