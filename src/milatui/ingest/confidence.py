"""Defines how sure a recognised value is."""

from __future__ import annotations

from enum import IntEnum


class Confidence(IntEnum):
    """How sure a recognised value is; ordered, the least sure first.

    ``CERTAIN``: the text says it in a form that has one reading (a name of a record, a quotation
    with its speaker).  ``LIKELY``: the form has other readings, this one is usual.  ``UNSURE``:
    a guess that a person has to look at.
    """

    UNSURE = 1
    LIKELY = 2
    CERTAIN = 3

    @property
    def word(self) -> str:
        """The word for it on the command line and in JSON: ``certain``, ``likely``, ``unsure``."""
        return self.name.lower()

    @classmethod
    def of_word(cls, word: str) -> Confidence:
        """Returns the confidence that a word names.

        Raises:
            KeyError: no confidence is called so.
        """
        return cls[word.upper()]


CONFIDENCE_WORDS = tuple(confidence.word for confidence in sorted(Confidence, reverse=True))
"""The words, the surest first: ``certain``, ``likely``, ``unsure``."""
