"""Reports what has become of the documents of an import, as text or as JSON."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from milatui.archive.diagnostics import Diagnostic
from milatui.archive.sanitize import sanitize
from milatui.catalogue.labels.labels import format_count
from milatui.cli.diagnostic_lines import diagnostic_line, diagnostics_json
from milatui.cli.output import write_json
from milatui.cli.review.findings_summary import FindingsSummary, candidate_json
from milatui.i18n import _, ngettext
from milatui.ingest.importer import Duplicate, Imported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.cli.output import Json
    from milatui.ingest.near_duplicates.finder import NearDuplicate
    from milatui.ingest.proposal import Origin
    from milatui.ingest.review.review_session import ReviewDocument

SCHEMA: Final = "milatui.add/1"
MAX_LISTED: Final = 20
"""Maximum number of documents listed one by one; of the rest only the number."""

_SHOWN: Final = ("title", "date", "language", "publisher")


class TextReport:
    """Prints all faults and the first documents; ``faults`` counts invalid documents."""

    def __init__(self, accept: bool) -> None:
        self._accept = accept
        self._added = self._repeated = self._near = 0
        self._summary = FindingsSummary()
        self._records: Sequence[str] = ()
        self._notes: dict[str, tuple[Diagnostic, int]] = {}
        self.faults = 0

    def note(self, note: Diagnostic) -> None:
        """Counts a warning; the same one of many documents is printed once."""
        first, count = self._notes.get(note.message, (note, 0))
        self._notes[note.message] = (first, count + 1)

    def recognise(self, document: ReviewDocument) -> None:
        """Counts what was recognised in the document that was taken last."""
        self._summary.add(document)

    def add_records(self, written: Sequence[str], refused: Sequence[str]) -> None:
        """Prints what could not become a record; remembers the files of records."""
        self._records = written
        for line in refused:
            print(sanitize(line, multiline=False))

    def take(self, outcome: Imported | Duplicate | Diagnostic) -> None:
        """Prints the outcome of one document."""
        if isinstance(outcome, Diagnostic):
            self.faults += 1
            print(diagnostic_line(outcome))
        elif isinstance(outcome, Imported):
            self._added += 1
            for note in outcome.proposal.notes:
                self.note(note)
            self._near += outcome.near is not None
            if self._added <= MAX_LISTED:
                _print_added(outcome)
        else:
            self._repeated += 1
            if self._repeated <= MAX_LISTED:
                _print_repeated(outcome)

    def finish(self) -> None:
        """Prints the warnings, and to stderr the counts and how to write what is proposed."""
        for first, count in list(self._notes.values())[:MAX_LISTED]:
            print(diagnostic_line(first, count - 1))
        if len(self._notes) > MAX_LISTED:
            rest = len(self._notes) - MAX_LISTED
            text = ngettext("{n} other warning", "{n} other warnings", rest)
            print(text.format(n=format_count(rest)) + " " + _("(--json lists all)"))
        sys.stdout.flush()
        n = self._added
        if self._accept:
            added = ngettext("{n} document written", "{n} documents written", n)
        else:
            added = ngettext("{n} document can be added", "{n} documents can be added", n)
        near = ngettext(
            "{n} of them is nearly the same as another one",
            "{n} of them are nearly the same as others",
            self._near,
        )
        repeated = ngettext("{n} is there already", "{n} are there already", self._repeated)
        faults = ngettext("{n} cannot be taken", "{n} cannot be taken", self.faults)
        parts = [(added, n), (near, self._near), (repeated, self._repeated), (faults, self.faults)]
        if not self._near:
            del parts[1]
        text = ", ".join(form.format(n=format_count(number)) for form, number in parts)
        if max(n, self._repeated) > MAX_LISTED:
            text += " " + _("(the first {n} of each are shown; --json lists all)").format(
                n=MAX_LISTED
            )
        print(text, file=sys.stderr)
        for line in self._summary.lines():
            print(f"  {line}", file=sys.stderr)
        if self._records:
            number = len(self._records)
            form = ngettext("{n} file of records written", "{n} files of records written", number)
            print(form.format(n=format_count(number)), file=sys.stderr)
        if n and not self._accept:
            print(_("Nothing was written. To write it, add --accept."), file=sys.stderr)


class JsonReport:
    """Collects all outcomes and writes one JSON object at the end."""

    def __init__(self, accept: bool) -> None:
        self._accept = accept
        self._documents: list[Json] = []
        self._duplicates: list[Json] = []
        self._faults: list[Diagnostic] = []
        self._last: dict[str, Json] = {}
        self._records: Sequence[str] = ()
        self._refused: Sequence[str] = ()
        self._notes: list[Diagnostic] = []

    def recognise(self, document: ReviewDocument) -> None:
        """Adds what was recognised to the document that was taken last."""
        body = document.proposal.document.body
        self._last["findings"] = [candidate_json(each, body) for each in document.candidates]

    def add_records(self, written: Sequence[str], refused: Sequence[str]) -> None:
        """Collects the files of records, and why accepted findings became none."""
        self._records, self._refused = written, refused

    @property
    def faults(self) -> int:
        """Number of invalid documents."""
        return len(self._faults)

    def note(self, note: Diagnostic) -> None:
        """Collects a warning."""
        self._notes.append(note)

    def take(self, outcome: Imported | Duplicate | Diagnostic) -> None:
        """Collects the outcome of one document."""
        if isinstance(outcome, Diagnostic):
            self._faults.append(outcome)
            return
        proposal = outcome.proposal
        position: dict[str, Json] = {
            "id": proposal.document.id,
            "file": proposal.file,
            "line": proposal.line,
        }
        if isinstance(outcome, Imported):
            self._notes += proposal.notes
            shown = {name: getattr(proposal.document, name) for name in _SHOWN}
            recognised = {name: how.origin for name, how in proposal.recognised.items()}
            path: dict[str, Json] = {"path": outcome.path, "written": self._accept}
            near: dict[str, Json] = (
                {"near": _near_json(outcome.near, outcome)} if outcome.near else {}
            )
            self._last = {**position, **path, **shown, "recognised": recognised, **near}
            self._documents.append(self._last)
        else:
            self._last = {**position, "of": outcome.of, "by": outcome.by}
            self._duplicates.append(self._last)

    def finish(self) -> None:
        """Writes the JSON object."""
        counts = {
            "documents": len(self._documents),
            "duplicates": len(self._duplicates),
            "faults": len(self._faults),
        }
        write_json(
            {
                "schema": SCHEMA,
                "accepted": self._accept,
                "counts": counts,
                "documents": self._documents,
                "duplicates": self._duplicates,
                "faults": diagnostics_json(self._faults),
                "records": {"written": self._records, "refused": self._refused},
                "notes": diagnostics_json(self._notes),
            }
        )


def _print_added(added: Imported) -> None:
    document = added.proposal.document
    print(sanitize(f"+ {added.path}", multiline=False))
    labels = {
        "id": _("id"),
        "title": _("title"),
        "date": _("date"),
        "language": _("language"),
        "publisher": _("publisher"),
    }
    for name, label in labels.items():
        value = sanitize(getattr(document, name), multiline=False) or _("(unknown)")
        found = added.proposal.recognised.get(name)
        note = f"  ({_origin_words(found.origin)})" if found else ""
        print("    " + _("{label}: {value}").format(label=label, value=value) + note)

    if added.near is not None:
        print("    " + sanitize(_near_words(added.near), multiline=False))
        if document.version_of == added.near.of:
            print("    " + _("(recorded as a version of it)"))


def _near_words(near: NearDuplicate) -> str:
    forms = {
        "reprint": _("the same text as “{of}” ({share} % of the words)"),
        "version": _("an edited text of “{of}” ({share} % of the words)"),
        "follow-up": _("has a part of “{of}” ({share} % of the words)"),
        "other-date": _("the same words as “{of}” for another occasion ({share} % of the words)"),
    }
    return forms[near.relation].format(of=near.of, share=format_count(round(100 * near.shared)))


def _near_json(near: NearDuplicate, added: Imported) -> Json:
    return {
        "of": near.of,
        "relation": near.relation,
        "shared": round(near.shared, 3),
        "family": near.family,
        "recorded": added.proposal.document.version_of == near.of,
    }


def _print_repeated(repeated: Duplicate) -> None:
    proposal = repeated.proposal
    forms = {
        "id": _("{file}:{line}: “{id}” is there already (the same id and text)"),
        "content": _(
            "{file}:{line}: “{id}” is there already as “{of}” (the same title, date and text)"
        ),
    }
    text = forms[repeated.by].format(
        file=proposal.file, line=proposal.line, id=proposal.document.id, of=repeated.of
    )
    print(sanitize(f"= {text}", multiline=False))


def _origin_words(origin: Origin) -> str:
    return {
        "text": _("recognised in the text"),
        "heading": _("from the heading"),
        "dateline": _("from the dateline"),
        "file name": _("from the file name"),
        "folder": _("from the name of the folder"),
        "key": _("from another key"),
        "change": _("of its last change"),
        "title": _("made from the title"),
        "website": _("by the site it was published on"),
        "duplicate": _("its words are the same"),
    }[origin]
