"""Whoosh analyzers: folded words for the ``text`` field, marked stems for ``stem`` and ``title``.

The only module of the analysis that imports Whoosh.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import milatui.index.libraries  # noqa: F401 - before NumPy and Whoosh

# isort: split
from whoosh.analysis import Analyzer, Token

from milatui.index.analysis.language import LANGUAGES, language_of
from milatui.index.analysis.stemmer import stem, stem_uncached
from milatui.index.analysis.tokenizer import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator


class LanguageText(str):
    """Text with the language it is analyzed in: the value to give a ``StemAnalyzer`` to index.

    Args:
        text: The text.
        language: One of ``LANGUAGES``.
    """

    language: str

    def __new__(cls, text: str, language: str) -> LanguageText:
        value = super().__new__(cls, text)
        value.language = language
        return value


class WordAnalyzer(Analyzer):
    """Yields the folded words of a text, with positions and offsets as Whoosh asks for them."""

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        keeporiginal: bool = False,
        start_pos: int = 0,
        start_char: int = 0,
        mode: str = "",
        **flags: bool,
    ) -> Iterator[Token]:
        """Analyzes a text; see ``whoosh.analysis.Analyzer`` for the arguments.

        Yields:
            One Whoosh token over and over, changed each time.
        """
        languages = self.languages(value, mode)
        shared = Token(positions, chars, mode=mode, **flags)
        for number, token in enumerate(tokenize(value)):
            shared.stopped, shared.boost = False, 1.0
            if keeporiginal:
                shared.original = value[token.start : token.end]
            if positions:
                shared.pos = start_pos + number
            if chars:
                shared.startchar = start_char + token.start
                shared.endchar = start_char + token.end
            for language in languages:
                shared.text = self.term(token.word, language)
                yield shared

    def languages(self, value: str, mode: str) -> tuple[str, ...]:
        """Returns the languages in which each word of a text makes a term.

        Returns:
            ``("xx",)``: no language.
        """
        return ("xx",)

    def term(self, word: str, language: str) -> str:
        """Returns the term of a folded word in a language."""
        return word


class StemAnalyzer(WordAnalyzer):
    """Yields stems marked with their language: ``en:partner``, ``fr:partenair``, ``xx:mila``.

    A text to index gets stems of one language: that of its ``LanguageText``, else the one that its
    words show.  A query (``mode="query"``) gets those of every language, at the same position: the
    field needs ``multitoken_query="or"``.
    """

    def languages(self, value: str, mode: str) -> tuple[str, ...]:
        """Returns the language of a text to index, or every language for a query.

        Returns:
            Codes of languages that have a stemmer.
        """
        if mode == "query":
            return LANGUAGES
        if isinstance(value, LanguageText):
            return (value.language,)
        return (language_of("", (token.word for token in tokenize(value))),)

    def term(self, word: str, language: str) -> str:
        """Returns the marked stem of a folded word."""
        return language_stem(word, language)


def language_stem(word: str, language: str) -> str:
    """Returns the term of a folded word in the stem fields: ``en:`` and its English stem."""
    return f"{language}:{stem(word, language)}"


def uncached_language_stem(word: str, language: str) -> str:
    """Returns what ``language_stem`` returns; for a word that is not met again."""
    return f"{language}:{stem_uncached(word, language)}"
