"""Stores: named graphs that answer SPARQL, embedded in this process or at a server, behind one interface."""

from kg.store.embedded import Compaction, EmbeddedStore, revise_store, write_store
from kg.store.interface import Rows, Store, is_address
from kg.store.rdf_files import read_rdf

__all__ = ["Compaction", "EmbeddedStore", "Rows", "Store", "is_address", "read_rdf", "revise_store", "write_store"]
