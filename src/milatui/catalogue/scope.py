"""Defines the scope: what all panes are restricted to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from milatui.archive.edtf import parse_edtf
from milatui.catalogue.labels.dates import format_range, format_since, format_until
from milatui.catalogue.labels.labels import kind_label, language_name, quote_text
from milatui.catalogue.labels.vocabulary import sector_label

if TYPE_CHECKING:
    from collections.abc import Callable

ScopeField = Literal[
    "partners", "sectors", "since", "until", "kinds", "languages", "publishers", "query"
]

_TEXTS: Final = ("since", "until", "query")
"""Fields that hold a text; the others hold sets."""

FAR_PAST = 0
"""A day before every day an archive can name (``date.toordinal`` begins at 1)."""
FAR_FUTURE = 4_000_000
"""A day after every day an archive can name (9999-12-31 is 3,652,059)."""


class Chip(NamedTuple):
    """A restriction as it stands on top of the screen; ``field`` is for ``Scope.without``."""

    field: ScopeField
    label: str


class Scope(NamedTuple):
    """What the answers are restricted to; an empty value restricts nothing.

    Of several values any will do.  ``partners`` are partner ids.  ``sectors`` are those of
    partners: partners of any of them, and records about such a partner (the archive's own
    organisation aside).  ``since`` and ``until`` are EDTF dates; a record is in range if its span
    overlaps theirs.  ``kinds`` holds kinds of
    records (``event``) or kinds within a kind (``funding``, ``company``, ``press-release``).
    ``languages`` are BCP 47 tags; ``fr`` takes in ``fr-CA``, and records without a language are
    never in a language.  ``publishers`` are names, or words that names of publishers
    begin with; nothing but documents has a publisher.
    ``query`` lets through what a search of it finds (``SearchResult.scope_query``).
    """

    partners: frozenset[str] = frozenset()
    since: str = ""
    until: str = ""
    kinds: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    query: str = ""
    publishers: frozenset[str] = frozenset()
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
        lifted: dict[str, Any] = {field: "" if field in _TEXTS else frozenset()}
        return self._replace(**lifted)

    def chips(self, partner_name: Callable[[str], str] = str) -> list[Chip]:
        """Returns the restrictions as labels, in a fixed order; both dates share one.

        Args:
            partner_name: Returns the name of a partner, given its id.
        """
        chips: list[Chip] = []
        if self.partners:
            chips.append(Chip("partners", _listed(partner_name, self.partners)))
        if self.sectors:
            chips.append(Chip("sectors", _listed(sector_label, self.sectors)))
        if self.since and self.until:
            chips.append(Chip("since", format_range(self.since, self.until)))
        elif self.since:
            chips.append(Chip("since", format_since(self.since)))
        elif self.until:
            chips.append(Chip("until", format_until(self.until)))
        if self.kinds:
            chips.append(Chip("kinds", _listed(kind_label, self.kinds)))
        if self.languages:
            chips.append(Chip("languages", _listed(language_name, self.languages)))
        if self.publishers:
            chips.append(Chip("publishers", _listed(str, self.publishers)))
        if self.query:
            chips.append(Chip("query", quote_text(self.query)))
        return chips


def _listed(label: Callable[[str], str], values: frozenset[str]) -> str:
    return ", ".join(sorted(map(label, values)))
