"""Join lines that layout has cut: Chinese without a blank, Latin words with one."""

_PAUSES = ",.;:!?)]”’\"'%"


def glue(before: str, after: str) -> str:
    """Return what stands between two lines of one paragraph: a blank between Latin words, else nothing.

    >>> glue("科技创", "新"), glue("open", "science"), glue("增长2", "0.5%"), glue("增长40", ".1%"), glue("Hall,", "room")
    ('', ' ', '', '', ' ')
    """
    a, b = before[-1:], after[:1]
    if not (a.isascii() and b.isascii()) or not b.isalnum() or (a.isdigit() and b.isdigit()):
        return ""
    return " " if a.isalnum() or (a in _PAUSES and b.isalpha()) else ""
