"""Knowledge graph of the innovation ecosystem: every statement carries its sentence."""

__version__ = "0.1.0"
