"""States an absence: a query without hits, with all that was searched, as text to quote."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from milatui import __version__
from milatui.archive.kinds import KINDS
from milatui.archive.sanitize import sanitize
from milatui.catalogue.fingerprint import archive_fingerprint
from milatui.catalogue.labels.dates import format_date
from milatui.catalogue.labels.labels import count_label, format_count, language_name, quote_text
from milatui.catalogue.location import view_location
from milatui.catalogue.search.query_gate import limit_time, run_query
from milatui.catalogue.search.search_records import field_filters, find_records
from milatui.i18n import _, ngettext
from milatui.index.search.doc_set import DocSet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milatui.archive.kinds import Kind
    from milatui.catalogue.filters import FilterMasks
    from milatui.catalogue.location import Location
    from milatui.catalogue.scope import Scope
    from milatui.index.protocol import CatalogueIndex
    from milatui.index.search.searcher import Matches

MAX_FORMS: Final = 12
"""Maximum number of spellings of a word that are named."""
MAX_WORDS: Final = 24
"""Maximum number of words of a query whose spellings are named."""
_LATEST: Final = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class SearchedWord:
    """A word of a query and the spellings in which it was searched.

    Attributes:
        word: The folded word as asked.
        forms: The words of the archive that answer it: its forms, its synonyms and theirs.
        more: Whether there are more of them.
        meant: What an unknown word was taken for; its forms are among ``forms``.
    """

    word: str
    forms: tuple[str, ...] = ()
    more: bool = False
    meant: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchedMonths:
    """The months that documents are of.

    Attributes:
        first, last: The first and the last one, as EDTF; "" if none is known.
        covered: Number of months in between that a document is of.
        spanned: Number of months from the first to the last.
        vague: Number of documents whose month is not known.
        undated: Number of documents without a date.
    """

    first: str = ""
    last: str = ""
    covered: int = 0
    spanned: int = 0
    vague: int = 0
    undated: int = 0


@dataclass(frozen=True, slots=True)
class Absence:
    """A query that found nothing, and what was searched.

    Attributes:
        location: The search, to be run again.
        archive: Title of the archive.
        fingerprint: The SHA-256 of all of its records.
        counts: Number of records that were searched, by kind; those of the scope.
        restrictions: The restrictions of the scope, in words.
        words: The words of the query.
        languages: Number of the documents by BCP 47 tag; "" for those without one.
        months: The months of the documents.
        ignored: What of the query was not understood or not required, in sentences.
    """

    location: Location
    archive: str
    fingerprint: str
    counts: dict[Kind, int]
    restrictions: tuple[str, ...]
    words: tuple[SearchedWord, ...]
    languages: dict[str, int]
    months: SearchedMonths
    ignored: tuple[str, ...] = ()

    @property
    def query(self) -> str:
        """The query."""
        return self.location.get("q")

    def lines(self, today: date) -> list[str]:
        """Returns the statement in sentences, a paragraph each.

        Args:
            today: The day on which it is made.
        """
        found = _("Nothing found for {query}.").format(query=quote_text(self.query))
        counts = [count_label(kind, number) for kind, number in self.counts.items() if number]
        searched = _("Searched: {archive}: {counts}.").format(
            archive=self.archive, counts=", ".join(counts) or _("nothing is in this scope")
        )
        scope = _("all of it")
        if self.restrictions:
            scope = " · ".join(self.restrictions)
        lines = [found, searched, _("Scope: {scope}.").format(scope=scope)]
        lines += map(_word_line, self.words[:MAX_WORDS])
        lines += self.ignored
        rule = _("Accents, capitals and hyphens do not matter; words match in all of their forms.")
        lines += [rule, *self._language_lines(), *_month_lines(self.months)]
        record = _("Fingerprint of all records: SHA-256 {fingerprint}. Searched on {date}, {by}.")
        lines.append(
            record.format(
                fingerprint=self.fingerprint,
                date=format_date(today.isoformat(), short=False),
                by=f"milatui {__version__}",
            )
        )
        return [sanitize(line, multiline=False) for line in lines]

    def text(self, today: date) -> str:
        """Returns the statement as text with the address of the search, which ``rerun`` reads."""
        address = f"<milatui:{self.location._replace(fragment=(('found', '0'),))}>"
        return "\n".join((*self.lines(today), address))

    def _language_lines(self) -> Iterator[str]:
        if self.languages:
            not_given = _("none given")
            named = (
                f"{language_name(tag) or not_given} ({format_count(number)})"
                for tag, number in self.languages.items()
            )
            yield _("Languages of the documents: {languages}.").format(languages=", ".join(named))


def state_absence(
    reader: CatalogueIndex, filters: FilterMasks, query: str, scope: Scope, today: date | None
) -> Absence | None:
    """States what was searched by a query that found nothing in a scope.

    Returns:
        The statement; None if something is found, nothing was asked, or the search was cut short.
    """
    scope = scope.without("query")
    stop = limit_time(reader)
    resolver = field_filters(reader, filters, today)
    matches = run_query(reader, query, resolver, stop)
    inside = filters.mask(scope)
    found = find_records(reader, filters, query) & DocSet.from_bytes(inside)
    if matches.is_empty or not matches.complete or len(found):
        return None
    documents = list(filters.numbers(inside, "document"))
    return Absence(
        location=view_location("search", scope._replace(query=query)),
        archive=reader.manifest.title,
        fingerprint=archive_fingerprint(reader),
        counts={kind: filters.count(inside, kind) for kind in KINDS},
        restrictions=tuple(chip.label for chip in scope.chips(lambda each: _name(reader, each))),
        words=tuple(_searched_words(reader, matches)),
        languages=_languages(reader, documents),
        months=_months(reader, documents),
        ignored=tuple(_ignored(matches, query)),
    )


def _name(reader: CatalogueIndex, partner: str) -> str:
    number = reader.find("partner", partner)
    return partner if number is None else reader.list_row(number).title


def _searched_words(reader: CatalogueIndex, matches: Matches) -> Iterator[SearchedWord]:
    """Yields the words of a query in their order, those that no text has last."""
    for term in {each.asked: each for each in matches.terms}.values():
        found = reader.searcher.forms(term, MAX_FORMS + 1)
        forms = tuple(word for word in found if word != term.asked)
        known = (term.asked,) if term.asked in found else ()
        yield SearchedWord(
            term.asked + "…" * term.prefix,
            (*known, *forms)[:MAX_FORMS],
            len(found) > MAX_FORMS,
            term.corrections,
        )
    yield from (SearchedWord(word) for word in dict.fromkeys(matches.unknown))


def _ignored(matches: Matches, query: str) -> Iterator[str]:
    for warning in matches.warnings:
        part = quote_text(query[warning.start : warning.end])
        yield _("Searched as words: {part} ({reason}).").format(part=part, reason=warning.message)
    yield from (quote.message(query) for quote in matches.relaxed)


def _word_line(searched: SearchedWord) -> str:
    word = quote_text(searched.word)
    if not searched.forms:
        return _("{word}: no text has it, nor another form of it.").format(word=word)
    forms = ", ".join(searched.forms) + (", …" if searched.more else "")
    if searched.meant:
        meant = ", ".join(searched.meant)
        line = _("{word}: no text has it; searched as {meant}, in these spellings: {forms}.")
        return line.format(word=word, meant=meant, forms=forms)
    return _("{word}: searched in these spellings: {forms}.").format(word=word, forms=forms)


def _languages(reader: CatalogueIndex, documents: Sequence[int]) -> dict[str, int]:
    """Counts documents by language, the commonest first."""
    names, column = reader.manifest.languages, reader.columns.language
    return dict(Counter(names[column[number]] for number in documents).most_common())


def _months(reader: CatalogueIndex, documents: Sequence[int]) -> SearchedMonths:
    """Counts the months that documents are of."""
    columns = reader.columns
    months: set[int] = set()
    vague = undated = 0
    for number in documents:
        first, last = columns.first_day[number], columns.last_day[number]
        month = _month(first)
        if first > last:
            undated += 1
        elif month is None or month != _month(last):
            vague += 1
        else:
            months.add(month)
    if not months:
        return SearchedMonths(vague=vague, undated=undated)
    ends = min(months), max(months)
    first_month, last_month = (f"{month // 12:04}-{month % 12 + 1:02}" for month in ends)
    spanned = ends[1] - ends[0] + 1
    return SearchedMonths(first_month, last_month, len(months), spanned, vague, undated)


def _month(day: int) -> int | None:
    """Returns the number of the month that a day is in, None for an open end."""
    if not 1 <= day <= _LATEST:
        return None
    found = date.fromordinal(day)
    return 12 * found.year + found.month - 1


def _month_lines(months: SearchedMonths) -> Iterator[str]:
    if months.first:
        text = ngettext(
            "Months of the documents: {first} to {last}; {n} of {spanned} months has one.",
            "Months of the documents: {first} to {last}; {n} of {spanned} months have one.",
            months.covered,
        )
        yield text.format(
            first=format_date(months.first, short=False),
            last=format_date(months.last, short=False),
            n=format_count(months.covered),
            spanned=format_count(months.spanned),
        )
    if months.vague:
        text = ngettext(
            "Of {n} document the month is not known.",
            "Of {n} documents the month is not known.",
            months.vague,
        )
        yield text.format(n=format_count(months.vague))
    if months.undated:
        text = ngettext("{n} document has no date.", "{n} documents have no date.", months.undated)
        yield text.format(n=format_count(months.undated))
