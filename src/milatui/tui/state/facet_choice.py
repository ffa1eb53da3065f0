"""Which facet values narrow the scope, what choosing one does, and the counts of all.

Imports neither Textual nor Rich.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

from milatui.catalogue.labels.dates import format_date
from milatui.catalogue.labels.labels import kind_label, language_name
from milatui.catalogue.labels.vocabulary import sector_label
from milatui.i18n import _
from milatui.index.analysis.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milatui.catalogue.scope import Scope, ScopeField
    from milatui.tui.state.session import Session

Facet = Literal["kind", "sector", "year", "language", "publisher", "partner"]

FACETS: Final[tuple[Facet, ...]] = get_args(Facet)
"""The facets in the order in which they are shown."""

_FIELDS: Final[Mapping[Facet, ScopeField]] = {
    "kind": "kinds",
    "sector": "sectors",
    "year": "since",
    "language": "languages",
    "publisher": "publishers",
    "partner": "partners",
}
_MOST_VALUES: Final = 8
"""Values of a facet that are shown before something is typed; all years and kinds are."""

Counts = dict[Facet, dict[str, int]]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet.

    Attributes:
        facet: The facet.
        value: The value, as scopes hold it.
        label: Its name in the interface language.
        count: Number of records that have it.
        share: ``count`` as a share of the highest count of the facet.
        chosen: Whether the scope is restricted to it.
    """

    facet: Facet
    value: str
    label: str
    count: int
    share: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """The values of a facet that are shown.

    Attributes:
        title: Name of the facet.
        values: Its values.
        hidden: Number of values that are not shown.
    """

    title: str
    values: Sequence[FacetValue]
    hidden: int


def is_chosen(scope: Scope, facet: Facet, value: str) -> bool:
    """Returns whether a scope is restricted to a value, among others."""
    match facet:
        case "kind":
            return value in scope.kinds
        case "sector":
            return value in scope.sectors
        case "year":
            restricted = bool(scope.since or scope.until)
            return restricted and scope.since <= value <= (scope.until or value)
        case "language":
            return value in scope.languages
        case "publisher":
            return value in scope.publishers
        case "partner":
            return value in scope.partners


def toggle_value(scope: Scope, facet: Facet, value: str) -> Scope:
    """Adds a value to the scope, or takes it away.

    Several values of a facet can be chosen; several years are those from the first to the last.
    """
    match facet:
        case "kind":
            return scope._replace(kinds=scope.kinds ^ {value})
        case "sector":
            return scope._replace(sectors=scope.sectors ^ {value})
        case "year":
            return _toggle_year(scope, value)
        case "language":
            return scope._replace(languages=scope.languages ^ {value})
        case "publisher":
            return scope._replace(publishers=scope.publishers ^ {value})
        case "partner":
            return scope._replace(partners=scope.partners ^ {value})


def _toggle_year(scope: Scope, year: str) -> Scope:
    since, until = scope.since, scope.until
    if not is_chosen(scope, "year", year):
        years = (since or year, until or year, year)
        plain = all(each.isdecimal() for each in years)
        first, last = (min(years), max(years)) if plain else (year, year)
        return scope._replace(since=first, until=last)
    if since == until == year:
        return scope._replace(since="", until="")
    if year == since and year.isdecimal():
        return scope._replace(since=str(int(year) + 1))
    if year == until and year.isdecimal():
        return scope._replace(until=str(int(year) - 1))
    return scope._replace(since=year, until=year)


def count_facets(session: Session, query: str, scope: Scope) -> Counts:
    """Counts the records that a query finds in a scope, by facet; called in a worker thread.

    The values of a facet that restricts the scope are counted without that restriction.
    """
    search = session.catalogue.search
    inside = search(query, scope, limit=1).facets
    counts: Counts = {}
    for facet in FACETS:
        wider = scope.without(_FIELDS[facet])
        if facet == "year":
            wider = wider.without("until")
        facets = inside if wider == scope else search(query, wider, limit=1).facets
        counts[facet] = dict(facets[facet])
    return counts


def facet_groups(session: Session, counts: Counts, words: str = "") -> list[FacetGroup]:
    """Returns the facets with the values to show.

    Args:
        session: The session, whose scope says what is chosen.
        counts: What ``count_facets`` returns; empty before the first count.
        words: Only values whose label, or facet, contains all these words.
    """
    wanted = fold(words).split()
    groups = []
    for facet in counts:
        title = _title(facet)
        highest = max(counts[facet].values(), default=1)
        values = [
            FacetValue(
                facet,
                value,
                _label(session, facet, value),
                count,
                count / highest,
                is_chosen(session.scope, facet, value),
            )
            for value, count in counts[facet].items()
        ]
        found = [v for v in values if all(word in fold(f"{v.label} {title}") for word in wanted)]
        whole = bool(wanted) or facet in ("kind", "year")
        shown = [v for at, v in enumerate(found) if whole or at < _MOST_VALUES or v.chosen]
        if shown:
            groups.append(FacetGroup(title, shown, len(found) - len(shown)))
    return groups


def _title(facet: Facet) -> str:
    return {
        "kind": _("Kind"),
        "sector": _("Sector"),
        "year": _("Year"),
        "language": _("Language"),
        "publisher": _("Publisher"),
        "partner": _("Partner"),
    }[facet]


def _label(session: Session, facet: Facet, value: str) -> str:
    match facet:
        case "kind":
            return kind_label(value)
        case "sector":
            return sector_label(value)
        case "year":
            return format_date(value)
        case "language":
            return language_name(value)
        case "partner":
            return session.catalogue.partner_name(value)
        case "publisher":
            return value
