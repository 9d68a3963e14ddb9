"""The errors a user can meet; each reads *where: what - what to do*.

KgError                  anything below; the command line prints it in one line and exits with ``status``
├── InputError           a file or an argument cannot be used as it is (status 2)
│   ├── ReportError      a report text or its metadata
│   ├── FactsError       a facts file or a gold inventory
│   ├── RuleError        a rule file of the extraction
│   ├── DecisionError    a file of human decisions
│   └── QueryError       a catalogue query, its parameters, or SPARQL text
│       └── UnknownNameError  a name or an IRI that the graph does not have
├── ModelError           a language model cannot be asked, or does not answer (status 2)
├── StoreError           a store cannot be opened, read or written, or its server fails (status 2)
└── BuildError           a graph cannot be built or written (status 2)
"""

from kg.wording import Lang, Wording


class KgError(Exception):
    """An error with the place, the fault and the remedy, joined as *where: what - what to do*.

    Each may be given in both languages; what is given as one text, because the reader's language is known where it is raised, stays as
    it is. The text of the exception is English, ``said`` tells it in either; the command line and the server choose.
    """

    status = 2

    def __init__(self, where: object, what: str | Wording, remedy: str | Wording) -> None:
        self.parts = (_both(where), _both(what), _both(remedy))
        self.where, self.what, self.remedy = (part.en for part in self.parts)
        super().__init__(self.said("en"))

    def said(self, lang: Lang) -> str:
        """Return the whole sentence in ``lang``."""
        where, what, remedy = (part.said(lang) for part in self.parts)
        return f"{where}: {what} - {remedy}"


def _both(text: object) -> Wording:
    return text if isinstance(text, Wording) else Wording(str(text), str(text))


class InputError(KgError):
    """A file or an argument cannot be used as it is."""


class ReportError(InputError):
    """A report text or its metadata cannot be read."""


class FactsError(InputError):
    """A facts file or a gold inventory is malformed."""


class RuleError(InputError):
    """A rule file of the extraction is malformed."""


class DecisionError(InputError):
    """A file of human decisions is malformed."""


class QueryError(InputError):
    """A catalogue query, one of its parameters, or a SPARQL text is malformed."""


class UnknownNameError(QueryError):
    """The graph has nothing of this name, or no such IRI."""


class ModelError(KgError):
    """A language model cannot be asked, or does not answer."""


class StoreError(KgError):
    """A store cannot be opened, read or written, or its server fails."""


class BuildError(KgError):
    """A graph cannot be built or written."""
