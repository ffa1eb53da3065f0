"""Defines locations: the written address of a record or a view, in links and commands."""

from __future__ import annotations

from typing import Final, NamedTuple
from urllib.parse import quote, unquote

from milatui.archive.edtf import DateError
from milatui.archive.kinds import KINDS, Kind
from milatui.catalogue.scope import Scope
from milatui.i18n import _
from milatui.suggest import closest

VIEWS: Final = (
    "search",
    "timeline",
    "partners",
    "people",
    "events",
    "documents",
    "figures",
    "statements",
    "compare",
    "help",
)
"""What can be looked at besides single records."""

PAGE_VIEWS: Final = ("figures", "people", "documents", "compare")
"""The views that are pages, not lists."""

Pairs = tuple[tuple[str, str], ...]

_ID_SAFE = "!$'()*,:@~"
_VALUE_SAFE = _ID_SAFE + "/"


class LocationError(ValueError):
    """A text is not a location; ``suggestion`` is the closest valid one, or empty."""

    def __init__(self, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.suggestion = suggestion


class Location(NamedTuple):
    """One place: a record (``view`` is its kind, ``id`` its id) or a view (``id`` empty).

    ``fragment`` says where in the record: ``para`` = number of a paragraph from 1,
    ``words`` = those of its words that are to be highlighted, such as ``5-20``,
    ``from`` = ``kind/id`` of the record whose quotes are to be highlighted.
    ``params`` are those of a view: ``q partner sector from to kind lang publisher sort`` and its
    own.  ``partner`` and ``publisher`` may be repeated; ``sector``, ``kind`` and ``lang`` list
    several values with commas.
    """

    view: str
    id: str = ""
    fragment: Pairs = ()
    params: Pairs = ()

    @property
    def kind(self) -> Kind | None:
        """The kind of the record, or None for a view."""
        return next((kind for kind in KINDS if kind == self.view), None)

    def get(self, key: str) -> str:
        """Returns the value of ``key`` in the parameters or the fragment, or empty text."""
        return next((v for k, v in (*self.params, *self.fragment) if k == key), "")

    @property
    def scope(self) -> Scope:
        """The scope that the parameters of a view describe."""
        return Scope(
            partners=frozenset(self._values("partner")),
            sectors=frozenset(self._listed("sector")),
            since=self.get("from"),
            until=self.get("to"),
            kinds=frozenset(self._listed("kind")),
            languages=frozenset(self._listed("lang")),
            query=self.get("q"),
            publishers=frozenset(self._values("publisher")),
        )

    def _values(self, key: str) -> list[str]:
        """Returns the values of a key that may be repeated: ``partner=a&partner=b``."""
        return [value for name, value in (*self.params, *self.fragment) if name == key and value]

    def _listed(self, key: str) -> list[str]:
        """Returns the values of a key that may be repeated or listed: ``kind=a,b``."""
        return [one for value in self._values(key) for one in value.split(",") if one]

    @property
    def origin(self) -> Location | None:
        """The record that the reader came from (fragment ``from``): its quotes are highlighted."""
        kind, slash, identifier = self.get("from").partition("/")
        return Location(kind, identifier) if slash and self.kind and kind in KINDS else None

    def __str__(self) -> str:
        text = self.view
        if self.kind is not None:
            text += "/" + quote(self.id, safe=_ID_SAFE)
        if self.params:
            text += "?" + _join(self.params)
        if self.fragment:
            text += "#" + _join(self.fragment)
        return text


def view_location(view: str, scope: Scope, **more: str) -> Location:
    """Makes the location of a view in a scope; ``more`` are parameters such as ``sort``."""
    pairs = [(key, value) for key, value in scope_pairs(scope) if value]
    pairs += [(key, value) for key, value in more.items() if value]
    return Location(view, params=tuple(pairs))


def scope_pairs(scope: Scope) -> Pairs:
    """Returns the parameters of a scope, empty ones included: ids and names one by one."""
    return (
        ("q", scope.query),
        *(("partner", partner) for partner in sorted(scope.partners)),
        ("sector", ",".join(sorted(scope.sectors))),
        ("from", scope.since),
        ("to", scope.until),
        ("kind", ",".join(sorted(scope.kinds))),
        ("lang", ",".join(sorted(scope.languages))),
        *(("publisher", publisher) for publisher in sorted(scope.publishers)),
    )


def parse_location(text: str) -> Location:
    """Parses a location as ``str(location)`` writes it.

    Raises:
        LocationError: neither a kind with an id nor a view; says which word comes nearest.
            Or the dates of a view are not valid.
    """
    head, _hash, fragment = text.strip().removeprefix("milatui:").partition("#")
    path, _mark, params = head.partition("?")
    view, slash, identifier = path.partition("/")
    if view in KINDS and identifier:
        return Location(view, unquote(identifier), _pairs(fragment), _pairs(params))
    if view in VIEWS and not identifier:
        return _with_dates(Location(view, "", _pairs(fragment), _pairs(params)))
    if view in KINDS:
        raise LocationError(
            _("“{text}” has no id: write {kind}/ID.").format(text=text, kind=view), f"{view}/"
        )
    near = closest(view, KINDS if slash else (*VIEWS, *KINDS), cutoff=0.6)
    suggestion = head.replace(view, near[0], 1) if near and view else ""
    message = _("“{text}” is not a location; write KIND/ID or search?q=WORDS.").format(text=text)
    raise LocationError(message, suggestion)


def _with_dates(location: Location) -> Location:
    """Returns the location of a view after checking the dates of its scope."""
    try:
        _days = location.scope.days
    except DateError as error:
        raise LocationError(str(error)) from None
    return location


def _join(pairs: Pairs) -> str:
    return "&".join(
        f"{quote(key, safe=_VALUE_SAFE)}={quote(value, safe=_VALUE_SAFE)}" for key, value in pairs
    )


def _pairs(text: str) -> Pairs:
    """Parses parameters or a fragment; a word without ``=`` has an empty value."""
    found = []
    for part in text.split("&"):
        key, _equals, value = part.partition("=")
        if key:
            found.append((unquote(key), unquote(value.replace("+", " "))))
    return tuple(found)
