"""The Whoosh schema of the index: every record is one document.

==============  ============================  ====================================================
field           type                          what it holds
==============  ============================  ====================================================
``key``         ID, unique                    ``kind/id`` of the record
``record``      STORED                        the record as plain data (JSON), all its fields
``text``        TEXT with positions           folded words of title and body; a word of the title
                                              counts twice, its position once; ``POSITION_GAP``
                                              positions lie between title and body
``stem``        TEXT without positions        their stems, marked with the language of the text:
                                              ``en:partner``, ``fr:partenair``, ``xx:mila``
``title``       TEXT without positions        stems of the title alone, marked likewise
``kind``        KEYWORD                       ``partner``, ``person``, ``event``, ``figure``,
                                              ``statement`` or ``document``
``detail``      KEYWORD                       the kind within the kind: ``company``, ``grant``,
                                              ``press-release`` ...
``partner``     KEYWORD, several              ids of the partners that the record counts for
``names``       KEYWORD, several              ``kind/id`` of every record that it names or quotes
``lang``        KEYWORD                       language of a document: a BCP 47 tag
``publisher``   KEYWORD                       publisher of a document
``sector``      KEYWORD                       sector of a partner
``first``       NUMERIC, sortable             first day that the date may mean: a proleptic
                                              Gregorian ordinal, see ``sort_order``
``last``        NUMERIC, sortable             last day that it may mean; an undated record has a
                                              ``first`` after all days and a ``last`` before them
==============  ============================  ====================================================

KEYWORD terms are exact values: nothing is split, folded or lower-cased. Give several values as a
list. Dates compare as days: records of a period are those with ``first`` <= its last day and
``last`` >= its first day.

``IndexedText`` is the value to give ``text``, ``stem`` and ``title`` when Whoosh's own writer adds
a document. The bulk writer makes the same postings without Whoosh's analysis.

Whoosh pickles the classes of this module by their path. A change here, or of the analysis, needs
a new ``SCHEMA_VERSION``: indexes of another version are built anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import milatui.index.libraries  # noqa: F401 - before NumPy and Whoosh

# isort: split
from whoosh import fields, formats
from whoosh.analysis import Analyzer, IDAnalyzer
from whoosh.system import pack_uint

from milatui.index.analysis.analyzers import LanguageText, StemAnalyzer, WordAnalyzer
from milatui.index.codec.postings import POSITION_GAP
from milatui.index.scoring.bm25 import TITLE_WEIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whoosh.analysis import Token

    Posting = tuple[bytes, int, float, bytes]


class IndexedText(str):
    """The text of a record: its title and its body, a value for the fields of text.

    Args:
        title: The title; empty if the record has none of its own.
        body: Everything else that the record is found by.
        language: Language of the analysis: ``en``, ``fr`` or ``xx``.
    """

    title_text: LanguageText
    body_text: LanguageText

    def __new__(cls, title: str, body: str, language: str) -> IndexedText:
        value = super().__new__(cls, f"{title}\n{body}")
        value.title_text = LanguageText(title, language)
        value.body_text = LanguageText(body, language)
        return value


class TitledAnalyzer(Analyzer):
    """Analyzes an ``IndexedText``: its title with a boost, a gap, its body.

    Any other text, such as a query, is analyzed as the inner analyzer does.

    Args:
        inner: The analyzer of title and body.
    """

    def __init__(self, inner: Analyzer) -> None:
        self.inner = inner

    def __call__(self, value: str, start_pos: int = 0, **options: object) -> Iterator[Token]:
        """Yields one Whoosh token over and over, changed each time; see ``Analyzer``."""
        if not isinstance(value, IndexedText):
            yield from self.inner(value, start_pos=start_pos, **options)
            return
        position = start_pos
        for token in self.inner(value.title_text, start_pos=start_pos, **options):
            token.boost = float(TITLE_WEIGHT)
            position += 1
            yield token
        yield from self.inner(value.body_text, start_pos=position + POSITION_GAP, **options)


class TitleAnalyzer(Analyzer):
    """Analyzes the title of an ``IndexedText``, or any other text whole.

    Args:
        inner: The analyzer of the title.
    """

    def __init__(self, inner: Analyzer) -> None:
        self.inner = inner

    def __call__(self, value: str, **options: object) -> Iterator[Token]:
        """Yields one Whoosh token over and over, changed each time; see ``Analyzer``."""
        if isinstance(value, IndexedText):
            value = value.title_text
        yield from self.inner(value, **options)


class WeightedText(fields.TEXT):
    """A text field whose frequencies and lengths count a token as often as its boost says."""

    def index(self, value: str, **options: object) -> Iterator[Posting]:
        """Yields term, frequency, weight and posting value of each term of a text."""
        counts = isinstance(self.format, formats.Frequency)
        for term, _frequency, weight, encoded in super().index(value, **options):
            frequency = round(weight)
            yield term, frequency, weight, pack_uint(frequency) if counts else encoded


def schema() -> fields.Schema:
    """Returns the schema."""
    stems = StemAnalyzer()
    return fields.Schema(
        key=fields.ID(unique=True),
        record=fields.STORED(),
        text=WeightedText(TitledAnalyzer(WordAnalyzer())),
        stem=WeightedText(TitledAnalyzer(stems), phrase=False, multitoken_query="or"),
        title=WeightedText(TitleAnalyzer(stems), phrase=False, multitoken_query="or"),
        kind=_keyword(),
        detail=_keyword(),
        partner=_keyword(),
        names=_keyword(),
        lang=_keyword(),
        publisher=_keyword(),
        sector=_keyword(),
        first=fields.NUMERIC(int, 32, sortable=True),
        last=fields.NUMERIC(int, 32, sortable=True),
    )


def _keyword() -> fields.KEYWORD:
    return fields.KEYWORD(analyzer=IDAnalyzer())
