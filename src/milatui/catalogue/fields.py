"""What the fields of a query restrict to: partners, people, kinds, publishers, dates and more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from milatui.archive.dates import DateError
from milatui.archive.kinds import KINDS
from milatui.catalogue.filtering import both
from milatui.catalogue.periods import period
from milatui.catalogue.scope import Scope
from milatui.index.engine.splitting import words
from milatui.messages import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from milatui.catalogue.filtering import Filters
    from milatui.index.reading import IndexReader

_PLURAL = {**{f"{kind}s": kind for kind in KINDS}, "people": "person"}


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
            "date": self._date,
            "measure": self._measure,
            "publisher": self._publisher,
        }

    def __call__(self, name: str, value: str) -> bytes | str:
        """A byte per record that is 1 where the field holds, or what is wrong with it."""
        key = (name, value)
        if key not in self._known:
            self._known[key] = self._makers[name](value)
        return self._known[key]

    def _named(self, kind: str, value: str) -> list[int]:
        """Records of a kind with this id or name, else those whose name begins so."""
        number = self._reader.find("partner" if kind == "partner" else "person", value)
        if number is not None:
            return [number]
        wanted = " ".join(words(value))
        exact: dict[int, None] = {}
        begun: dict[int, None] = {}
        for found, folded, _name in self._reader.names:
            if wanted and KINDS[self._reader.columns["kind"][found]] == kind:
                if folded == wanted:
                    exact[found] = None
                elif f" {folded}".find(f" {wanted}") >= 0:
                    begun[found] = None
        return list(exact or begun)

    def _partner(self, value: str) -> bytes | str:
        numbers = self._named("partner", value)
        if not numbers:
            return _("no partner is called “{name}”").format(name=value)
        mask = bytearray(self._reader.size)
        first = self._reader.columns["partner.number"][0]
        for number in numbers:
            for record in self._reader.columns.list_of("records", number - first):
                mask[record] = 1
        return bytes(mask)

    def _person(self, value: str) -> bytes | str:
        numbers = self._named("person", value)
        if not numbers:
            return _("no person is called “{name}”").format(name=value)
        mask = bytearray(self._reader.size)
        for number in numbers:
            mask[number] = 1
            for record in self._reader.columns.list_of("named_by", number):
                mask[record] = 1
        return bytes(mask)

    def _said_by(self, value: str) -> bytes | str:
        mask = self._person(value)
        if isinstance(mask, str):
            return mask
        return both(mask, self._filters.of_kinds("statement"))

    def _kind(self, value: str) -> bytes | str:
        kinds = {_PLURAL.get(part.lower(), part.lower()) for part in value.split(",") if part}
        details = self._reader.manifest["details"]
        unknown = sorted(kinds.difference(KINDS, details))
        if unknown:
            return _("there is no kind “{name}”").format(name=unknown[0])
        return self._filters.mask(Scope(kinds=frozenset(kinds)))

    def _language(self, value: str) -> bytes | str:
        mask = self._filters.mask(Scope(language=value))
        known = [name.lower() for name in self._reader.manifest["languages"] if name]
        if not any(name == value.lower() or name.startswith(f"{value.lower()}-") for name in known):
            return _("no document is in the language “{name}”").format(name=value)
        return mask

    def _publisher(self, value: str) -> bytes | str:
        if not self._filters.publishers(value):
            return _("no publisher is called “{name}”").format(name=value)
        return self._filters.mask(Scope(publisher=value))

    def _date(self, value: str) -> bytes | str:
        try:
            since, until = period(value, self._today)
            return self._filters.mask(Scope(since=since, until=until))
        except DateError:
            return _("“{text}” is no date; write 2021, 2021-09, 2021..2023 or last year").format(
                text=value
            )

    def _measure(self, value: str) -> bytes | str:
        """Figures whose measure holds all the words, in any order."""
        wanted = set(words(value.replace("_", " ")))
        figures = self._filters.of_kinds("figure")
        mask = bytearray(self._reader.size)
        for number in re.finditer(b"\x01", figures):
            title = self._reader.line(number.start())[2]
            if wanted and wanted <= set(words(title)):
                mask[number.start()] = 1
        if not any(mask):
            return _("no figure is given for “{name}”").format(name=value)
        return bytes(mask)
