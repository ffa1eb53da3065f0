"""What the fields of a query restrict to: partners, people, kinds, publishers, dates and more."""

from __future__ import annotations

from functools import partial
from itertools import compress
from typing import TYPE_CHECKING, Final

from milatui.archive.dates import DateError
from milatui.archive.kinds import KINDS
from milatui.catalogue.filtering import both
from milatui.catalogue.periods import period
from milatui.catalogue.scope import Scope
from milatui.catalogue.valuenames import KINDS_BY_NAME, LANGUAGES_BY_NAME
from milatui.index.engine.splitting import words
from milatui.index.engine.stemming import stems_of
from milatui.messages import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from milatui.catalogue.filtering import Filters
    from milatui.index.reading import IndexReader


_REMEMBERED: Final = 32
"""Masks that one query remembers: each has a byte for every record."""


class Restrictions:
    """Resolves fields to masks; ``today`` is the day that *last year* counts from."""

    def __init__(self, reader: IndexReader, filters: Filters, today: date) -> None:
        self._reader = reader
        self._filters = filters
        self._today = today
        self._known: dict[tuple[str, str], bytes | str] = {}
        self._makers: dict[str, Callable[[str], bytes | str]] = {
            "partner": self._partner,
            "person": self._person,
            "said-by": self._said_by,
            "kind": self._kind,
            "lang": self._language,
            "measure": self._measure,
            "publisher": self._publisher,
            "date": partial(self._date, ""),
            **{side: partial(self._date, side) for side in ("since", "until", "before", "after")},
        }

    def __call__(self, name: str, value: str) -> bytes | str:
        """A byte per record that is 1 where the field holds, or what is wrong with it."""
        key = (name, value)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._makers[name](value)
            if len(self._known) > _REMEMBERED:
                del self._known[next(iter(self._known))]
        return found

    def _named(self, kind: str, value: str) -> list[int]:
        """Records of a kind with this id or name, else those with a name that a word begins so."""
        number = self._reader.find("partner" if kind == "partner" else "person", value)
        if number is not None:
            return [number]
        wanted = " ".join(words(value))
        exact: dict[int, None] = {}
        begun: dict[int, None] = {}
        for found, folded in self._names(kind):
            if wanted and folded == wanted:
                exact[found] = None
            elif wanted and f" {wanted}" in f" {folded}":
                begun[found] = None
        return list(exact or begun)

    def _names(self, kind: str) -> Iterable[tuple[int, str]]:
        kinds, wanted = self._reader.columns["kind"], KINDS.index(kind)
        return ((n, folded) for n, folded, _shown in self._reader.names if kinds[n] == wanted)

    def _partner(self, value: str) -> bytes | str:
        numbers = self._named("partner", value)
        if not numbers:
            near = (folded for _n, folded in self._names("partner"))
            return _near(_("no partner is called “{name}”").format(name=value), value, near)
        mask = bytearray(self._reader.size)
        first = self._reader.columns["partner.number"][0]
        for number in numbers:
            for record in self._reader.columns.list_of("records", number - first):
                mask[record] = 1
        return bytes(mask)

    def _person(self, value: str) -> bytes | str:
        numbers = self._named("person", value)
        if not numbers:
            names = [folded for _n, folded in self._names("person")]
            near = (*names, *(word for name in names for word in name.split()))
            return _near(_("no person is called “{name}”").format(name=value), value, near)
        mask = bytearray(self._reader.size)
        for number in numbers:
            mask[number] = 1
            for record in self._reader.columns.list_of("named_by", number):
                mask[record] = 1
        return bytes(mask)

    def _said_by(self, value: str) -> bytes | str:
        """Statements of a person, or of those who speak for a partner."""
        mask = self._person(value)
        if isinstance(mask, str):
            partner = self._partner(value)
            if isinstance(partner, str):
                return mask
            mask = partner
        return both(mask, self._filters.of_kinds("statement"))

    def _kind(self, value: str) -> bytes | str:
        known = {*KINDS, *(detail for detail in self._reader.manifest["details"] if detail)}
        kinds = [_kind_meant(part, known) for part in value.split(",") if part.strip()]
        unknown = next((kind for kind in kinds if kind not in known), None)
        if unknown is not None:
            return _near(_("there is no kind “{name}”").format(name=unknown), unknown, known)
        return self._filters.mask(Scope(kinds=frozenset(kinds)))

    def _language(self, value: str) -> bytes | str:
        tag = LANGUAGES_BY_NAME.get("".join(words(value)), value).lower()
        known = sorted(name.lower() for name in self._reader.manifest["languages"] if name)
        if not any(name == tag or name.startswith(f"{tag}-") for name in known):
            message = _("no document is in the language “{name}”; there are {languages}")
            return message.format(name=value, languages=", ".join(known))
        return self._filters.mask(Scope(language=tag))

    def _publisher(self, value: str) -> bytes | str:
        if not self._filters.publishers(value):
            known = (" ".join(words(name)) for name in self._reader.manifest["publishers"])
            return _near(_("no publisher is called “{name}”").format(name=value), value, known)
        return self._filters.mask(Scope(publisher=value))

    def _date(self, side: str, value: str) -> bytes | str:
        try:
            since, until = period(f"{side} {value}", self._today)
            return self._filters.mask(Scope(since=since, until=until))
        except DateError:
            return _("“{text}” is no date; write 2021, 2021-09, 2021..2023 or last year").format(
                text=value
            )

    def _measure(self, value: str) -> bytes | str:
        """Figures whose measure has all the words, in any order and form."""
        wanted = [frozenset(stems_of(word)) for word in words(value)]
        mask = bytearray(self._reader.size)
        figures = self._filters.of_kinds("figure")
        for number in compress(range(self._reader.size), figures if wanted else b""):
            has = {stem for word in words(self._reader.line(number)[2]) for stem in stems_of(word)}
            if not any(has.isdisjoint(stems) for stems in wanted):
                mask[number] = 1
        if not any(mask):
            return _("no figure is given for “{name}”").format(name=value)
        return bytes(mask)


def _kind_meant(value: str, known: set[str]) -> str:
    """The kind of record, event or document that a word for it means, else the word itself."""
    word = value.strip().lower()
    plain = "-".join(words(word))
    for name in (word, plain, plain.removesuffix("s")):
        if name in known or name in KINDS_BY_NAME:
            return KINDS_BY_NAME.get(name, name) if name not in known else name
    return word


def _near(message: str, value: str, known: Iterable[str]) -> str:
    """A fault with the names that are spelt almost so, if there are any."""
    # Deferred: only a wrong name needs it.
    from difflib import get_close_matches

    near = get_close_matches(" ".join(words(value)), sorted(set(known)), 2, 0.75)
    if not near:
        return message
    return _("{fault}; near it: {names}").format(fault=message, names=", ".join(near))
