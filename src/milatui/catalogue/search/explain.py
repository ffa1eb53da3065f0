"""Explains why a record was found: which words, where, and how much each counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from milatui.catalogue.search.name_boost import (
    NAME_BONUS,
    PREFIX_BONUS,
    find_aliases,
    match_names,
    may_be_begun,
)
from milatui.catalogue.search.query_gate import limit_time, run_query
from milatui.catalogue.search.search_records import text_of
from milatui.catalogue.search.suggestions import clause_text
from milatui.i18n import _, ngettext
from milatui.index.analysis.stemmer import stems_of
from milatui.index.query.syntax import FieldRestriction, Near, Quoted, WordPhrase, is_exclusion
from milatui.index.scoring import bm25

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milatui.index.protocol import CatalogueIndex
    from milatui.index.query.term_expansion import ExpandedTerm
    from milatui.index.search.searcher import FieldResolver, Matches, Searcher

MAX_FORMS: Final = 4
"""Maximum number of forms of a word that are named."""
MAX_RELATED: Final = 6
"""Maximum number of feedback terms that are named."""


@dataclass(frozen=True, slots=True)
class TermContribution:
    """What one word of a query does for a record.

    Attributes:
        word: The word as asked; one that is begun ends in an ellipsis.
        meant: What an unknown or doubtful word was taken for, else empty.
        forms: The words of the record that answer it, if they are others.
        synonyms: Those that share nothing with it but what they say.
        times: How often they stand in title and text.
        in_title: How often in the title.
        records: How many records have them.
        share: Part of the score of all words, 0 to 1.
    """

    word: str
    meant: tuple[str, ...]
    forms: tuple[str, ...]
    synonyms: tuple[str, ...]
    times: int
    in_title: int
    records: int
    share: float

    def __str__(self) -> str:
        word = _("“{word}”").format(word=self.word)
        if self.meant:
            meant = ", ".join(self.meant)
            word = _("{word}, taken for {meant}").format(word=word, meant=meant)
        times = ngettext("{n} time", "{n} times", self.times).format(n=self.times)
        parts = [_("{word}: {times}").format(word=word, times=times)]
        if self.forms:
            parts.append(_("as {forms}").format(forms=", ".join(self.forms)))
        if self.synonyms:
            others = ", ".join(self.synonyms)
            parts.append(_("as a synonym: {words}").format(words=others))
        if self.in_title:
            elsewhere = self.times > self.in_title
            parts.append(_("also in the title") if elsewhere else _("in the title"))
        count = ngettext("{n} record has it", "{n} records have it", self.records)
        parts.append(count.format(n=self.records))
        if self.share < 1:
            parts.append(_("{percent} % of the score").format(percent=round(100 * self.share)))
        return " · ".join(parts)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a record was found.

    Attributes:
        words: A reason for every word of the query that it has, the weightiest first.
        others: What else speaks for it, in sentences: its name, another name of whom it is
            about, restrictions that it meets, words it shares with the best.
    """

    words: tuple[TermContribution, ...]
    others: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it in sentences; empty for a record that the query does not find."""
        return (*self.others, *map(str, self.words))


def explain(
    reader: CatalogueIndex, restrict: FieldResolver, query: str, number: int, *, typing: bool
) -> Explanation:
    """Explains why a query finds a record, see ``Catalogue.explain``."""
    searcher = reader.searcher
    matches = run_query(reader, query, restrict, limit_time(reader), typing=typing)
    name = matches.corrected_words
    of_words = _of_words(searcher, matches, number)
    begun = may_be_begun(query, typing=typing)
    others = [*_of_name(reader, matches, name, number, begun=begun)]
    if matches.is_plain:
        others = others or [*_of_aliases(reader, name, number)]
        if not others and not of_words:
            others += _of_related(reader, matches, number)
    elif number in matches.matching:
        others += _of_conditions(matches, query)
    return Explanation(of_words, tuple(others))


def _of_words(searcher: Searcher, matches: Matches, number: int) -> tuple[TermContribution, ...]:
    made = []
    distinct = {term.asked: term for term in matches.terms}.values()
    for position, term in enumerate(distinct):
        reason = _reason(searcher, term, number)
        if reason is not None:
            weight = bm25.query_position_weight(position, len(distinct))
            made.append(replace(reason, share=weight * reason.share))
    total = sum(reason.share for reason in made) or 1.0
    made.sort(key=lambda reason: -reason.share)
    return tuple(replace(reason, share=reason.share / total) for reason in made)


def _reason(searcher: Searcher, term: ExpandedTerm, number: int) -> TermContribution | None:
    """Returns the contribution of a term, with its weight as share; None if the record lacks it."""
    times = searcher.frequency(term, number)
    if not times:
        return None
    in_title = searcher.frequency(term, number, in_title=True)
    records = searcher.doc_freq(term)
    has = searcher.forms_in(term, number)
    meaning = {stem for word in term.synonyms for stem in stems_of(word)}
    own = set(stems_of(term.asked))
    synonyms = [w for w in has if meaning & set(stems_of(w)) and not own & set(stems_of(w))]
    forms = [word for word in has if word not in synonyms]
    # A word that is found as it was asked needs no example of itself.
    known = {term.asked, *term.corrections[:1]}
    meant = term.corrections[:1] if set(forms) <= known else term.corrections
    idf = bm25.idf(searcher.size, records)
    return TermContribution(
        word=term.asked + "…" * term.prefix,
        meant=() if set(has) == {term.asked} else meant,
        forms=() if set(forms) <= known else tuple(forms[:MAX_FORMS]),
        synonyms=tuple(synonyms[:MAX_FORMS]),
        times=times - (bm25.TITLE_WEIGHT - 1) * in_title,
        in_title=in_title,
        records=records,
        share=idf * bm25.tf_saturation(float(times), bm25.K1),
    )


def _of_name(
    reader: CatalogueIndex,
    matches: Matches,
    name: Sequence[str],
    number: int,
    *,
    begun: bool,
) -> Iterator[str]:
    """Yields that the record's name is what was searched."""
    bonus = match_names(reader, matches, name, begun=begun).get(number)
    if bonus is None:
        return
    if bonus < NAME_BONUS:
        yield (
            _("One of its names begins like this.")
            if bonus == PREFIX_BONUS
            else _("What you searched for is part of its name.")
        )
        return
    shown = next(s for n, folded, s in reader.names if n == number and folded == " ".join(name))
    if shown == reader.list_row(number).title:
        yield _("Its name is what you searched for.")
    else:
        yield _("“{alias}” is another name of it.").format(alias=shown)


def _of_aliases(reader: CatalogueIndex, name: Sequence[str], number: int) -> Iterator[str]:
    """Yields that the record contains the main name of a partner searched by another name."""
    for folded, meant in find_aliases(reader, name).items():
        if number in reader.searcher.phrase_docs(folded):
            text = _("“{alias}” is another name of {main}, which it contains.")
            yield text.format(alias=meant.alias, main=meant.main)


def _of_related(reader: CatalogueIndex, matches: Matches, number: int) -> Iterator[str]:
    """Yields the feedback terms that a related record contains."""
    searcher = reader.searcher
    related = searcher.feedback_terms(matches, lambda n: text_of(reader, n))
    shared = [
        found.term.asked
        for found in sorted(related, key=lambda found: -found.weight)
        if searcher.frequency(found.term, number)
    ]
    if shared:
        text = _("It has none of the words, but others of the best hits: {words}.")
        yield text.format(words=", ".join(shared[:MAX_RELATED]))


def _of_conditions(matches: Matches, query: str) -> Iterator[str]:
    """Yields the conditions of the query besides plain words."""
    for clause in matches.conditions:
        part = clause_text(query, clause)
        inner = clause.child if isinstance(clause, Quoted) else clause
        match inner:
            case FieldRestriction():
                yield _("The condition “{part}” is met.").format(part=part)
            case WordPhrase():
                yield _("It contains “{part}” word for word.").format(part=part)
            case Near():
                yield _(
                    "The condition “{part}” is met: the words are that near each other."
                ).format(part=part)
            case _ if is_exclusion(clause):
                yield _("It does not have “{part}”.").format(part=part.removeprefix("-"))
            case _:
                pass
