"""Source files: plain text, Markdown, HTML, DOCX and PDF, each read into one text with a map back to page or element."""

from kg.sources.reading import media_type_of, read_source, source_from
from kg.sources.source import MEDIA_TYPES, Position, Source, position_of
from kg.sources.tables import Table, find_tables

__all__ = ["MEDIA_TYPES", "Position", "Source", "Table", "find_tables", "media_type_of", "position_of", "read_source", "source_from"]
