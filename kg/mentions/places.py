"""Places of China known in advance: short and full names."""


def place_named(name: str) -> str | None:
    """Return the full name of the place that ``name`` (short or full) stands for, or ``None``."""
    return None


def home_place(text: str) -> str | None:
    """Return the prefecture-level city (or province) that ``text`` is mostly about, or ``None`` when that is not plain."""
    return None
