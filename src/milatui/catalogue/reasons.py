"""Why a record was found: its words, where they stand, how much each counts, in sentences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from milatui.catalogue.aliases import names_meant
from milatui.catalogue.naming import BEGUN_BONUS, NAME_BONUS, named
from milatui.catalogue.queryparts import written
from milatui.catalogue.searching import text_of
from milatui.index.analysis.stemmer import stems_of
from milatui.index.engine import formula
from milatui.index.engine.nodes import Field, Near, Not, Phrase
from milatui.index.engine.ranking import FEEDBACK_TEXTS
from milatui.messages import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milatui.index.engine.engine import Engine, Found
    from milatui.index.engine.evaluation import Restrict
    from milatui.index.engine.groups import Group
    from milatui.index.reading import IndexReader

FORMS: Final = 4
"""Forms of a word that are given at most."""
RELATED: Final = 6
"""Related words that are given at most."""


@dataclass(frozen=True, slots=True)
class Reason:
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
            parts.append(_("as {words}, which says the same").format(words=others))
        if self.in_title:
            elsewhere = self.times > self.in_title
            parts.append(_("also in the title") if elsewhere else _("in the title"))
        count = ngettext("{n} record has it", "{n} records have it", self.records)
        parts.append(count.format(n=self.records))
        if self.share < 1:
            parts.append(_("{percent} % of the score").format(percent=round(100 * self.share)))
        return " · ".join(parts)


@dataclass(frozen=True, slots=True)
class Why:
    """Why a record was found.

    Attributes:
        words: A reason for every word of the query that it has, the weightiest first.
        others: What else speaks for it, in sentences: its name, another name of whom it is
            about, restrictions that it meets, words it shares with the best.
    """

    words: tuple[Reason, ...]
    others: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it in sentences; none for a record that the query does not find."""
        return (*self.others, *map(str, self.words))


def why(reader: IndexReader, restrict: Restrict, query: str, number: int, *, typing: bool) -> Why:
    """See ``Catalogue.why``."""
    engine = reader.engine
    found = engine.find(query, restrict, typing=typing)
    name = found.evaluation.name
    of_words = _of_words(engine, found, number)
    others = [*_of_name(reader, found, name, number, typing=typing)]
    if found.evaluation.plain:
        others = others or [*_of_aliases(reader, name, number)]
        if not others and not of_words:
            others += _of_related(reader, found, number)
    elif engine.kernel.size(found.matching & _only(reader, number)):
        others += _of_conditions(found, query)
    return Why(of_words, tuple(others))


def _of_words(engine: Engine, found: Found, number: int) -> tuple[Reason, ...]:
    made = []
    for group in {group.asked: group for group in found.evaluation.groups}.values():
        reason = _reason(engine, group, number)
        if reason is not None:
            made.append(reason)
    total = sum(reason.share for reason in made) or 1.0
    made.sort(key=lambda reason: -reason.share)
    return tuple(replace(reason, share=reason.share / total) for reason in made)


def _reason(engine: Engine, group: Group, number: int) -> Reason | None:
    """What a word does, its weight in place of its share; None if the record lacks it."""
    kernel = engine.kernel
    times = kernel.frequency(group.words, "post", number)
    if not times:
        return None
    in_title = kernel.frequency(group.words, "title", number)
    records = len(kernel.merged(group.words, "post"))
    has = dict.fromkeys(
        segment.word(word)
        for segment, numbers in group.words
        for word in numbers
        if kernel.frequency([(segment, [word])], "post", number)
    )
    meaning = {stem for word in group.synonyms for stem in stems_of(word)}
    own = set(stems_of(group.asked))
    synonyms = [w for w in has if meaning & set(stems_of(w)) and not own & set(stems_of(w))]
    forms = [word for word in has if word not in synonyms]
    # A word that is found as it was asked needs no example of itself.
    known = {group.asked, *group.repaired[:1]}
    meant = group.repaired[:1] if set(forms) <= known else group.repaired
    return Reason(
        word=group.asked + "…" * group.prefix,
        meant=() if set(has) == {group.asked} else meant,
        forms=() if set(forms) <= known else tuple(forms[:FORMS]),
        synonyms=tuple(synonyms[:FORMS]),
        times=times - (formula.TITLE_WEIGHT - 1) * in_title,
        in_title=in_title,
        records=records,
        share=formula.idf(kernel.records, records) * float(formula.saturation(times, formula.K1)),
    )


def _of_name(
    reader: IndexReader, found: Found, name: Sequence[str], number: int, *, typing: bool
) -> Iterator[str]:
    """That the record is called what was asked for."""
    bonus = named(reader, found, name, typing=typing).get(number)
    if bonus is None:
        return
    if bonus < NAME_BONUS:
        begun = bonus == BEGUN_BONUS
        yield (
            _("A name of it begins so.") if begun else _("What you asked for is part of its name.")
        )
        return
    shown = next(s for n, folded, s in reader.names if n == number and folded == " ".join(name))
    if shown == reader.line(number)[2]:
        yield _("It is called what you asked for.")
    else:
        yield _("“{alias}” is another name of it.").format(alias=shown)


def _of_aliases(reader: IndexReader, name: Sequence[str], number: int) -> Iterator[str]:
    """That the record has the main name of what was called by another."""
    for folded, meant in names_meant(reader, name).items():
        if reader.engine.kernel.size(reader.engine.saying(folded) & _only(reader, number)):
            text = _("“{alias}” is another name of {main}, which stands in it.")
            yield text.format(alias=meant.alias, main=meant.main)


def _of_related(reader: IndexReader, found: Found, number: int) -> Iterator[str]:
    """The words that a record shares with those that have the words of the query."""
    engine = reader.engine
    best = found.tally.best(found.tally.matching(), FEEDBACK_TEXTS)
    related = engine.ranker.related(best, lambda n: text_of(reader, n)) if best else []
    shared = [
        group.asked
        for _weight, group in sorted(related, key=lambda pair: -pair[0])
        if engine.kernel.frequency(group.words, "post", number)
    ]
    if shared:
        text = _("It has none of the words, but others that stand in the best hits: {words}.")
        yield text.format(words=", ".join(shared[:RELATED]))


def _of_conditions(found: Found, query: str) -> Iterator[str]:
    """What the query asks for besides words, all of which holds."""
    for node in found.evaluation.conditions:
        part = written(query, node)
        match node:
            case Field():
                yield _("“{part}” holds.").format(part=part)
            case Phrase():
                yield _("“{part}” stands in it word for word.").format(part=part)
            case Near():
                yield _("“{part}” holds: they stand so near each other.").format(part=part)
            case Not():
                yield _("It does not have “{part}”.").format(part=part.removeprefix("-"))
            case _:
                pass


def _only(reader: IndexReader, number: int) -> object:
    flags = bytearray(reader.size)
    flags[number] = 1
    return reader.engine.kernel.mask(bytes(flags))
