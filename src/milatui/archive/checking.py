"""Checks what only several records together can show: references, evidence, order, duplicates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.conversion import to_data
from milatui.archive.dates import DateError, parse
from milatui.archive.evidence import Evidence
from milatui.archive.files import HEAD_FILE
from milatui.archive.kinds import KINDS
from milatui.archive.positions import Reporter
from milatui.archive.records import Document, Partner
from milatui.archive.references import References, walk
from milatui.archive.schema import TABLES
from milatui.archive.wording import a_second
from milatui.messages import _

if TYPE_CHECKING:
    from milatui.archive.dates import Edtf
    from milatui.archive.faults import Fault
    from milatui.archive.loading import Loaded, Located


def check(loaded: Loaded) -> list[Fault]:
    """Faults between the records of an archive, by file and line.

    Those of single files are in ``loaded.faults``.  What refers to a record that was
    rejected while loading is no fault of its own.
    """
    reporter = Reporter(loaded.root)
    first_of = _report_duplicates(loaded, reporter)
    references = References(loaded, first_of, reporter)
    evidence = Evidence(loaded, first_of["document"], reporter)
    references.check_head(loaded.head, HEAD_FILE)
    for kind in KINDS:
        table = TABLES[kind]
        for located in loaded.records[kind]:
            data = to_data(located.record)
            for trail, shape, value in walk(data, table):
                references.check(located, trail, shape, value)
                evidence.check(located, trail, shape, value)
            evidence.check_presence(located)
            _check_order(located, first_of["document"], reporter)
    return sorted(reporter.faults)


def _report_duplicates(loaded: Loaded, reporter: Reporter) -> dict[str, dict[str, Located]]:
    """Report ids given twice; return the first record of each kind and id."""
    first_of: dict[str, dict[str, Located]] = {}
    for kind in KINDS:
        known: dict[str, Located] = {}
        for located in loaded.records[kind]:
            first = known.setdefault(located.record.id, located)
            if first is not located:
                message = a_second(kind, located.record.id, f"{first.file}:{first.line}")
                reporter.add(located, (None, "id"), message)
        first_of[kind] = known
    return first_of


def _check_order(located: Located, documents: dict[str, Located], reporter: Reporter) -> None:
    record = located.record
    if isinstance(record, Partner):
        for number, relation in enumerate(record.relations):
            if _is_before(relation.end, relation.start):
                trail = (((None, "relations"), number), "end")
                reporter.add(located, trail, _("the relation ends before it starts"))
    elif isinstance(record, Document):
        for field in ("translation_of", "version_of", "follows"):
            if getattr(record, field) == record.id:
                reporter.add(located, (None, field), _("the document refers to itself"))
        followed = documents.get(record.follows)
        if followed is not None and isinstance(followed.record, Document):
            date = followed.record.date
            if _is_before(record.date, date):
                message = _("the document is dated before the one it follows ({date})")
                reporter.add(located, (None, "follows"), message.format(date=date), "warning")


def _is_before(one: str, other: str) -> bool:
    """Whether every day ``one`` may mean lies before every day ``other`` may mean."""
    earlier, later = _date(one), _date(other)
    if earlier is None or later is None or earlier.last is None or later.first is None:
        return False
    return earlier.last < later.first


def _date(text: str) -> Edtf | None:
    try:
        return parse(text) if text else None
    except DateError:
        return None
