"""Follows the references from record to record and reports those that lead nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.cleaning import shortened
from milatui.archive.schema import BASIS, NAME, ByKey, Many, Scalar, Table
from milatui.archive.spelling import nearest
from milatui.archive.wording import dangling

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from milatui.archive.kinds import Data, Kind
    from milatui.archive.loading import Loaded, Located
    from milatui.archive.positions import Reporter
    from milatui.archive.records import Head
    from milatui.archive.schema import Shape
    from milatui.archive.shaping import Trail

_MOST_SUGGESTIONS = 200
"""Wrong ids for which the nearest is sought, which takes long in a large archive."""
Step = tuple["Trail", "Shape", "Data"]


def walk(data: Data, shape: Shape, trail: Trail = None) -> Iterator[Step]:
    """Every reference and every table within ``data``, with the way to it."""
    if isinstance(shape, Table):
        if isinstance(data, dict):
            if trail is not None:
                yield trail, shape, data
            for key, value in data.items():
                inner = shape.fields.get(key)
                if inner is not None and not (isinstance(inner, Scalar) and not inner.refers):
                    yield from walk(value, inner, (trail, key))
    elif isinstance(shape, Many):
        if isinstance(data, list) and not _is_free(shape.item):
            for number, item in enumerate(data):
                yield from walk(item, shape.item, (trail, number))
    elif isinstance(shape, ByKey):
        if isinstance(data, dict) and not _is_free(shape.item):
            for key, value in data.items():
                yield from walk(value, shape.item, (trail, key))
    elif shape.refers:
        yield trail, shape, data


def _is_free(shape: Shape) -> bool:
    return isinstance(shape, Scalar) and not shape.refers


def is_document_id(text: str) -> bool:
    """Whether the source of a name or field means a document: no address, no words like
    ``general knowledge``.
    """
    return bool(text) and "://" not in text and " " not in text


class References:
    """Checks references against the ids of an archive."""

    def __init__(
        self, loaded: Loaded, first_of: Mapping[str, Mapping[str, Located]], reporter: Reporter
    ) -> None:
        self._ids = first_of
        self._rejected = loaded.rejected
        self._reporter = reporter
        self._meant: dict[tuple[Kind, str], str] = {}

    def check(self, located: Located, trail: Trail, shape: Shape, value: Data) -> None:
        """Report the reference ``value``, or the one a name or field gives as its source."""
        if isinstance(shape, Scalar):
            if shape.refers and isinstance(value, str) and not self._is_known(shape.refers, value):
                self._reporter.add(located, trail, self._message(shape.refers, value))
        elif (shape is BASIS or shape is NAME) and isinstance(value, dict):
            source = value.get("source", "")
            if (
                isinstance(source, str)
                and is_document_id(source)
                and not self._is_known("document", source)
            ):
                self._reporter.add(located, (trail, "source"), self._message("document", source))

    def check_head(self, head: Head, file: str) -> None:
        """Report a home organisation that is no partner of the archive."""
        if head.home and not self._is_known("partner", head.home):
            self._reporter.add_to_file(file, (None, "home"), self._message("partner", head.home))

    def _is_known(self, kind: Kind, identifier: str) -> bool:
        return identifier in self._ids[kind] or (kind, identifier) in self._rejected

    def _message(self, kind: Kind, identifier: str) -> str:
        key = (kind, identifier)
        if key not in self._meant:
            few = len(self._meant) < _MOST_SUGGESTIONS
            self._meant[key] = nearest(identifier, self._ids[kind]) if few else ""
        return dangling(kind, shortened(identifier), shortened(self._meant[key]))
