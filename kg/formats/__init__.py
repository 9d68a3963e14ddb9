"""Networks for other programs: GraphML, GEXF, Cytoscape JSON, node-link JSON, CSV, Parquet, Mermaid."""

from kg.formats.flat import Flat, Table, flatten
from kg.formats.writing import ENDINGS, FORMATS, format_of, write

__all__ = ["ENDINGS", "FORMATS", "Flat", "Table", "flatten", "format_of", "write"]
