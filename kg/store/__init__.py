"""Stores: named graphs that answer SPARQL, embedded in this process or at a server, behind one interface."""

from kg.store.embedded import Compaction, EmbeddedStore
from kg.store.filling import read_rdf, revise_store, updated_store, write_store
from kg.store.interface import Rows, Store, is_address

__all__ = ["Compaction", "EmbeddedStore", "Rows", "Store", "is_address", "read_rdf", "revise_store", "updated_store", "write_store"]
