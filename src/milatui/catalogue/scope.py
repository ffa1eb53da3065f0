"""Defines the scope: what all panes are restricted to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from milatui.archive.edtf import parse_edtf
from milatui.catalogue.labels.dates import format_range, format_since, format_until
from milatui.catalogue.labels.labels import kind_label, language_name, quote_text
from milatui.catalogue.labels.vocabulary import sector_label

ScopeField = Literal[
    "partner", "sectors", "since", "until", "kinds", "language", "publisher", "query"
]

FAR_PAST = 0
"""A day before every day an archive can name (``date.toordinal`` begins at 1)."""
FAR_FUTURE = 4_000_000
"""A day after every day an archive can name (9999-12-31 is 3,652,059)."""


class Chip(NamedTuple):
    """A restriction as it stands on top of the screen; ``field`` is for ``Scope.without``."""

    field: ScopeField
    label: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What the answers are restricted to; an empty value restricts nothing.

    ``partner`` is a partner id.  ``sectors`` are those of partners: partners of any of them, and
    records about such a partner (the archive's own organisation aside).  ``since`` and ``until``
    are EDTF dates; a record is in range if its span overlaps theirs.  ``kinds`` holds kinds of
    records (``event``) or kinds within a kind (``funding``, ``company``, ``press-release``).
    ``language`` is a BCP 47 tag; ``fr`` takes in ``fr-CA``, and records without a language are
    never in a language.  ``publisher`` is the name of one, or words that names of publishers
    begin with; nothing but documents has a publisher.
    ``query`` lets through what a search of it finds (``SearchResult.scope_query``).
    """

    partner: str = ""
    since: str = ""
    until: str = ""
    kinds: frozenset[str] = frozenset()
    language: str = ""
    query: str = ""
    publisher: str = ""
    sectors: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is restricted."""
        return self == Scope()

    @property
    def days(self) -> tuple[int, int]:
        """First and last day of the range, as ``date.toordinal`` numbers.

        Raises:
            DateError: ``since`` or ``until`` is not a valid EDTF date.
        """
        first = parse_edtf(self.since).first if self.since else None
        last = parse_edtf(self.until).last if self.until else None
        return (FAR_PAST if first is None else first, FAR_FUTURE if last is None else last)

    def without(self, field: ScopeField) -> Scope:
        """Returns the scope without one of its restrictions."""
        if field == "kinds":
            return replace(self, kinds=frozenset())
        if field == "sectors":
            return replace(self, sectors=frozenset())
        lifted: dict[str, Any] = {field: ""}
        return replace(self, **lifted)

    def chips(self, partner_name: str = "") -> list[Chip]:
        """Returns the restrictions as labels, in a fixed order; both dates share one."""
        chips: list[Chip] = []
        if self.partner:
            chips.append(Chip("partner", partner_name or self.partner))
        if self.sectors:
            labels = ", ".join(sorted(map(sector_label, self.sectors)))
            chips.append(Chip("sectors", labels))
        if self.since and self.until:
            chips.append(Chip("since", format_range(self.since, self.until)))
        elif self.since:
            chips.append(Chip("since", format_since(self.since)))
        elif self.until:
            chips.append(Chip("until", format_until(self.until)))
        if self.kinds:
            chips.append(Chip("kinds", ", ".join(kind_label(k) for k in sorted(self.kinds))))
        if self.language:
            chips.append(Chip("language", language_name(self.language)))
        if self.publisher:
            chips.append(Chip("publisher", self.publisher))
        if self.query:
            chips.append(Chip("query", quote_text(self.query)))
        return chips
