"""Names the export formats and starts the writer of one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, Literal

from milatui.archive.kinds import KINDS
from milatui.catalogue.labels.labels import count_label, format_number
from milatui.export.date_parts import date_parts
from milatui.export.remarks import Remark
from milatui.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from milatui.archive.kinds import Kind
    from milatui.export.remarks import Remarks
    from milatui.export.scope_records import ScopeRecords

FormatName = Literal["csl-json", "bibtex", "ris", "csv", "ics", "timelinejs", "ftm", "schema-org"]
FORMATS: Final[tuple[FormatName, ...]] = (
    "csl-json",
    "bibtex",
    "ris",
    "csv",
    "ics",
    "timelinejs",
    "ftm",
    "schema-org",
)
"""The formats by name, in the order of the help."""
_EXTENSIONS: Final[dict[FormatName, str]] = {
    "csl-json": "csl.json",
    "bibtex": "bib",
    "timelinejs": "timeline.json",
    "ftm": "ftm.jsonl",
    "schema-org": "jsonld",
}
BIBLIOGRAPHIES: Final = ("csl-json", "bibtex", "ris")
"""The formats that hold documents, with what each of them proves."""
CALENDARS: Final = ("ics", "timelinejs")
"""The formats that hold dated records only."""
DATED: Final[tuple[Kind, ...]] = ("event", "document", "figure", "statement")
"""The kinds of records that a calendar and a timeline can hold."""


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """What goes out.

    Attributes:
        name: The format.
        kinds: The kinds of records that are written.
        counts: Number of records of these kinds in the scope.
    """

    name: FormatName
    kinds: tuple[Kind, ...]
    counts: Mapping[Kind, int]

    @property
    def total(self) -> int:
        """Number of records in the scope that the format is asked to hold."""
        return sum(self.counts.values())


def format_label(name: FormatName) -> str:
    """Returns in a few words what a format is for."""
    return {
        "csl-json": _("bibliography for Zotero, pandoc, Word"),
        "bibtex": _("bibliography for LaTeX (BibLaTeX), JabRef"),
        "ris": _("bibliography for EndNote, Zotero, Mendeley"),
        "csv": _("every value with its source, for a spreadsheet"),
        "ics": _("events with an exact day, for a calendar"),
        "timelinejs": _("a timeline for a web page"),
        "ftm": _("entities for FollowTheMoney, Aleph"),
        "schema-org": _("linked data for search engines (JSON-LD)"),
    }[name]


def file_extension(name: FormatName) -> str:
    """Returns the file name extension of a format, without the dot."""
    return _EXTENSIONS.get(name, name)


def plan_export(records: ScopeRecords, name: FormatName) -> ExportPlan:
    """Returns what a format writes of a scope.

    A calendar and a timeline hold events; documents, figures and statements only where the scope
    is restricted to kinds, or has no events.
    """
    counts = {kind: records.count(kind) for kind in KINDS}
    kinds: tuple[Kind, ...] = KINDS
    if name in CALENDARS:
        kinds = DATED
        if not records.scope.kinds:
            kinds = ("event",) if counts["event"] else ("document",)
    return ExportPlan(name, kinds, {kind: counts[kind] for kind in kinds})


def export_count(records: ScopeRecords, name: FormatName) -> str:
    """Returns in words how much goes out: documents of a bibliography, events, or records."""
    if name in BIBLIOGRAPHIES:
        return count_label("document", len(records.work_numbers()))
    plan = plan_export(records, name)
    if name in CALENDARS:
        holds = {
            kind: sum(map(partial(_is_held, name), records.dates(kind))) for kind in plan.kinds
        }
        return _counts(plan.counts, holds)
    total = plan.total
    return ngettext("{n} record", "{n} records", total).format(n=format_number(str(total)))


def export_summary(records: ScopeRecords, plan: ExportPlan, remarks: Remarks) -> str:
    """Returns in words what has been written: by kind, and of how many.

    Args:
        records: The records.
        plan: What was to be written.
        remarks: Those of the whole export.
    """
    if plan.name in BIBLIOGRAPHIES:
        return count_label("document", len(records.work_numbers()))
    written = {kind: n - remarks.left_out(kind) for kind, n in plan.counts.items()}
    return _counts(plan.counts, written)


def _is_held(name: FormatName, date: str) -> bool:
    """Returns whether a calendar or a timeline holds a record of a date."""
    parts = date_parts(date)
    return parts is not None and (name == "timelinejs" or parts.is_exact_days)


def _counts(counts: Mapping[Kind, int], written: Mapping[Kind, int]) -> str:
    """Returns numbers of records by kind in words: ``120 of 194 events``."""
    labels: list[str] = []
    for kind, number in counts.items():
        if number:
            label = count_label(kind, number)
            if written[kind] < number:
                held = format_number(str(written[kind]))
                label = _("{n} of {found}").format(n=held, found=label)
            labels.append(label)
    return ", ".join(labels)


def write_export(records: ScopeRecords, plan: ExportPlan, remarks: Remarks) -> Iterator[str]:
    """Writes the records of a scope.

    Args:
        records: The records.
        plan: What to write, see ``plan_export``.
        remarks: Takes what the format cannot hold; complete when the last piece has been read.

    Returns:
        The text in pieces.
    """
    for kind, identifier in records.noted(plan.kinds):
        remarks.add(Remark.NOTED, kind, identifier)
    # Each writer is imported when it is used: a command writes one format.
    match plan.name:
        case "csl-json":
            from milatui.export.csl import write_csl_json as write
        case "bibtex":
            from milatui.export.bibtex import write_bibtex as write
        case "ris":
            from milatui.export.ris import write_ris as write
        case "csv":
            from milatui.export.csv_table import write_csv as write
        case "ics":
            from milatui.export.ics import write_ics as write
        case "timelinejs":
            from milatui.export.timelinejs import write_timelinejs as write
        case "ftm":
            from milatui.export.ftm import write_ftm as write
        case "schema-org":
            from milatui.export.schema_org import write_schema_org as write
    return write(records, plan.kinds, remarks)
