"""The network page: one offline HTML file."""

from kg.pages.notebook import NotebookNetwork
from kg.pages.page import render
from kg.pages.writing import find_network, report_texts, write_view

__all__ = ["NotebookNetwork", "find_network", "render", "report_texts", "write_view"]
