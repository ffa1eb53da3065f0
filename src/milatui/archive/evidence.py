"""Checks that what needs a source has one, and that the words it quotes still stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.cleaning import shortened
from milatui.archive.positions import file_trail
from milatui.archive.quotes import find_spans
from milatui.archive.records import Document, Event, Figure, Partner, Person, Source, Statement
from milatui.archive.schema import BASIS, SOURCE
from milatui.archive.shaping import path_text
from milatui.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from milatui.archive.kinds import Data
    from milatui.archive.loading import Loaded, Located
    from milatui.archive.positions import Reporter
    from milatui.archive.schema import Shape
    from milatui.archive.shaping import Trail


class Evidence:
    """Checks sources against the bodies of an archive's documents."""

    def __init__(
        self, loaded: Loaded, documents: Mapping[str, Located], reporter: Reporter
    ) -> None:
        self._documents = documents
        self._reporter = reporter
        self._told: dict[str, set[str]] = {}
        for fault in loaded.faults:
            if fault.severity == "error":
                self._told.setdefault(fault.file, set()).add(fault.path)

    def check(self, located: Located, trail: Trail, shape: Shape, value: Data) -> None:
        """Report the source or basis ``value`` if its words do not stand, or stand twice."""
        if not isinstance(value, dict) or not (shape is SOURCE or shape is BASIS):
            return
        source = Source(
            document=_text(value, "document" if shape is SOURCE else "source"),
            exact=_text(value, "exact"),
            prefix=_text(value, "prefix") if shape is SOURCE else "",
            suffix=_text(value, "suffix") if shape is SOURCE else "",
        )
        quoted = self._documents.get(source.document)
        if quoted is None or not isinstance(quoted.record, Document) or not source.exact:
            return
        body = quoted.record.body
        # What stands behind a field is often one name, which needs no single place.
        spans = find_spans(body, source, limit=2 if shape is SOURCE else 1)
        if len(spans) == 1:
            return
        message = _ambiguous(source) if spans else _missing(body, source)
        self._reporter.add(located, (trail, "exact"), message)

    def check_presence(self, located: Located) -> None:
        """Report what stands in a record without the source it needs."""
        for trail, message in _unsourced(located):
            path = path_text(file_trail(located, trail))
            if not any(_within(path, told) for told in self._told.get(located.file, ())):
                self._reporter.add(located, trail, message)


def _unsourced(located: Located) -> Iterator[tuple[Trail, str]]:
    record = located.record
    if isinstance(record, Event):
        if not record.sources:
            yield (None, "sources"), _("the event has no source")
        for number, figure in enumerate(record.figures):
            if figure.source is None:
                trail = (((None, "figures"), number), "source")
                yield trail, _("the figure has no source")
    elif isinstance(record, Figure):
        if record.source is None:
            yield (None, "source"), _("the figure has no source")
    elif isinstance(record, Statement):
        if record.source is None:
            yield (None, "source"), _("the statement has no source")
    elif isinstance(record, Person):
        for number, role in enumerate(record.roles):
            if role.source is None:
                yield (((None, "roles"), number), "source"), _("the role has no source")
    elif isinstance(record, Partner):
        for number, relation in enumerate(record.relations):
            if relation.source is None:
                yield (((None, "relations"), number), "source"), _("the relation has no source")


def _within(path: str, told: str) -> bool:
    """Whether the fault told at ``told`` is of the value at ``path`` or of something in it."""
    return told == path or told.startswith((f"{path}.", f"{path}["))


def _ambiguous(source: Source) -> str:
    message = _("the quoted words stand more than once in “{document}”; give a prefix or a suffix")
    return message.format(document=shortened(source.document))


def _missing(body: str, source: Source) -> str:
    if find_spans(body, Source(source.document, source.exact), limit=1):
        message = _("the quoted words stand in “{document}”, but not with this prefix and suffix")
    else:
        message = _("the quoted words do not stand in “{document}”")
    return message.format(document=shortened(source.document))


def _text(data: Mapping[str, Data], key: str) -> str:
    value = data.get(key, "")
    return value if isinstance(value, str) else ""
