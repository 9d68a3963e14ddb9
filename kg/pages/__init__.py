"""The network page: one offline HTML file."""

from kg.pages.page import render
from kg.pages.writing import report_texts, write_view

__all__ = ["render", "report_texts", "write_view"]
