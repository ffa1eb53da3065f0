"""Which documents carry which claim: the table of the tests, and what the archive cites.

The table (``tests/data/claims.yaml``) is made from fact files, which name for every event,
figure, statement, role and relation the pages that say it. They are not part of the project;
``python -m tests.claims FACTS`` writes the table anew from the folder that holds them.
"""

from __future__ import annotations

import calendar
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from milatui.archive.loader import LoadedArchive, load_archive
from milatui.archive.records import (
    Document,
    Event,
    Fact,
    Figure,
    Measurement,
    Partner,
    Person,
    Relation,
    Role,
    Source,
    Statement,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from milatui.archive.kinds import Data

SHIPPED = Path(__file__).parents[1] / "data"
TABLE = Path(__file__).parent / "data" / "claims.yaml"
_ANY = "*"  # in a role: the organisation is not known from the facts


def read_table(path: Path = TABLE) -> dict[str, list[str]]:
    """Returns the documents of every claim."""
    table: dict[str, list[str]] = yaml.safe_load(path.read_text("utf-8"))
    return table


def cited(loaded: LoadedArchive) -> Iterator[tuple[str, str]]:
    """Yields (claim, document) for every source of the archive's claims."""
    for records in loaded.records.values():
        for located in records:
            record = located.record
            if isinstance(record, Event):
                key = f"event/{record.id}"
                yield from _of(key, record.sources, *(_source(f) for f in record.figures))
            elif isinstance(record, (Figure, Statement)):
                kind = "figure" if isinstance(record, Figure) else "statement"
                yield from _of(f"{kind}/{record.id}", _source(record))
            elif isinstance(record, Person):
                for role in record.roles:
                    held_at = role.partner or role.organisation
                    yield from _of(f"role/{record.id}/{held_at}", _source(role), role.sources)
            elif isinstance(record, Partner):
                facts = [_source(fact) for fact in record.facts]
                yield from _of(f"partner/{record.id}", record.sources, *facts)
                for relation in record.relations:
                    yield from _of(_relation_key(record.id, relation.to), _source(relation))


def unsupported(
    claims: Iterable[tuple[str, str]], table: Mapping[str, Iterable[str]]
) -> list[tuple[str, str]]:
    """Returns the claims that name a document which does not carry them."""
    return [(key, document) for key, document in claims if document not in _carriers(key, table)]


def _carriers(key: str, table: Mapping[str, Iterable[str]]) -> set[str]:
    carriers = set(table.get(key, ()))
    if key.startswith("role/"):
        person = key.split("/")[1]
        carriers.update(table.get(f"role/{person}/{_ANY}", ()))
    return carriers


def _of(key: str, *sources: Iterable[Source]) -> Iterator[tuple[str, str]]:
    yield from ((key, source.document) for group in sources for source in group)


def _source(
    record: Measurement | Figure | Statement | Role | Relation | Fact,
) -> list[Source]:
    return [] if record.source is None else [record.source]


def _relation_key(one: str, other: str) -> str:
    """A relation is the same seen from either side."""
    return "relation/" + "/".join(sorted((one, other)))


class FactFiles:
    """The documents that a folder of fact files names for each claim.

    Args:
        folder: holds ``events.yaml`` and so on, and ``more-*.yaml``.
        documents: the archive's; an address in the facts stands for the document made of it,
            and an item of a news feed for the documents made of it on that day. A reprint
            or translation carries what its text carries.
    """

    def __init__(self, folder: Path, documents: Iterable[Document]) -> None:
        self._folder = folder
        self._documents = {document.id for document in documents}
        self._addresses = {document.source: document.id for document in documents}
        self._items: dict[str, list[str]] = {}
        for document in documents:
            if "feed" in document.note:
                self._items.setdefault(document.date, []).append(document.id)
        self._editions: dict[str, set[str]] = {}
        for source in self._all("sources"):
            text = _text(source, "version_of") or _text(source, "translation_of")
            self._editions.setdefault(text.removeprefix("seed-"), set()).add(_text(source, "id"))
        self.table: dict[str, set[str]] = {}
        self._read()

    def _read(self) -> None:
        for event in [*self._all("events"), *self._list("more-additions")]:
            key = _text(event, "id") or _text(event, "event")
            for source in _records(event, "sources"):
                self._add(f"event/{key}", source, event)
        for kind in ("figures", "statements"):
            for record in self._all(kind):
                self._add(f"{kind[:-1]}/{_text(record, 'id')}", record, record)
        for person in self._all("people"):
            for role in _records(person, "roles"):
                held_at = _text(role, "organisation_id") or _text(role, "organisation")
                self._add(f"role/{_text(person, 'id')}/{held_at}", role, role)
        for partner in self._all("partners"):
            own = _text(partner, "id")
            for source in _records(partner, "sources"):
                self._add(f"partner/{own}", source, source)
            for fact in _records(partner, "facts"):
                self._add(f"partner/{own}", fact, fact)
            for relation in _records(partner, "relations"):
                key = _relation_key(own, _text(relation, "to"))
                self._add(key, relation, relation)
        for correction in self._list("more-corrections"):
            kind, _slash, own = _text(correction, "record").partition("/")
            key = f"role/{own}/{_ANY}" if kind == "person" else f"{kind}/{own}"
            if kind in ("event", "figure", "person"):
                self._add(key, correction, correction)

    def _add(self, key: str, source: Mapping[str, Data], dated: Mapping[str, Data]) -> None:
        """Adds what stands behind ``source``, and the reprints and translations of it."""
        page = _text(source, "source") or _text(source, "id")
        document = page.removeprefix("seed-")
        if page in self._addresses:
            found = {self._addresses[page]}
        elif document in self._documents:
            found = {document}
        else:
            found = {each for day in _days(source, dated) for each in self._items.get(day, ())}
        editions = {edition for each in found for edition in self._editions.get(each, ())}
        self.table.setdefault(key, set()).update(found, editions)

    def _all(self, name: str) -> list[dict[str, Data]]:
        return [*self._list(name), *self._list(f"more-{name}")]

    def _list(self, name: str) -> list[dict[str, Data]]:
        text = (self._folder / f"{name}.yaml").read_text("utf-8")
        data: Data = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - makes text only
        return _records({"all": data}, "all")


def _records(record: Mapping[str, Data], key: str) -> list[dict[str, Data]]:
    value = record.get(key, [])
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _text(record: Mapping[str, Data], key: str) -> str:
    value = record.get(key, "")
    return value if isinstance(value, str) else ""


def _days(source: Mapping[str, Data], dated: Mapping[str, Data]) -> list[str]:
    """Returns the days of the feed items meant: of the locator, the record and its summary."""
    day = _text(dated, "date") or _text(dated, "as_of")
    named = re.findall(
        rf"\b(\d\d?) ({'|'.join(calendar.month_name[1:])})\b", _text(dated, "summary")
    )
    days = [
        f"{day[:4]}-{list(calendar.month_name).index(month):02}-{int(number):02}"
        for number, month in named
    ]
    return [_text(source, "locator").removeprefix("item of "), day, *days]


def documents_of(loaded: LoadedArchive) -> list[Document]:
    """Returns the documents of an archive."""
    records = (located.record for located in loaded.records["document"])
    return [record for record in records if isinstance(record, Document)]


def write_table(facts: Path, path: Path = TABLE) -> None:
    """Writes the table from a folder of fact files."""
    table = FactFiles(facts, documents_of(load_archive(SHIPPED))).table
    plain = {key: sorted(documents) for key, documents in sorted(table.items()) if documents}
    text = yaml.safe_dump(plain, default_flow_style=None, sort_keys=False, width=1000)
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    write_table(Path(sys.argv[1]))
