"""Writes the page of what differs between two states of an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.archive.diff.word_diff import WordRun, split_words
from milatui.archive.kinds import KINDS
from milatui.archive.validate import format_path
from milatui.catalogue.labels.labels import count_label, format_count, quote_text
from milatui.catalogue.location import Location
from milatui.catalogue.pages.builder import PageBuilder, TextRun
from milatui.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milatui.archive.diff.differences import (
        ArchiveDiff,
        ChangedRecord,
        LostEvidence,
        RecordName,
    )
    from milatui.archive.diff.value_diff import ValueChange
    from milatui.archive.diff.word_diff import WordDiff
    from milatui.archive.kinds import Data, Kind
    from milatui.catalogue.pages.model import Page

_CONTEXT: Final = 8
"""Words that are shown before and after a change in a text."""
_WIDEST_VALUE: Final = 160
"""Characters of a value that are shown."""
_MOST_HUNKS: Final = 20
"""Changes of a text that are shown."""
_STEP: Final = 2
"""Columns by which what belongs to a record is indented."""


def write_changes(diff: ArchiveDiff) -> Page:
    """Writes the page of what differs between two states of an archive."""
    page = PageBuilder()
    states = _("from {old} to {new}").format(old=diff.old.label, new=diff.new.label)
    page.head(_("What changed"), [TextRun(states)])
    _write_errors(page, diff)
    if diff.is_empty:
        page.blank()
        page.line(_("Both states have the same records, texts and evidence."))
    _write_lost(page, diff.lost)
    if diff.metadata:
        page.heading(_("Archive"))
        for change in diff.metadata:
            _write_value(page, change, _STEP)
    for kind in KINDS:
        _write_kind(page, diff, kind)
    return page.build(Location("partners"), _("What changed"), focus=0)


def _write_errors(page: PageBuilder, diff: ArchiveDiff) -> None:
    """Says that files of a state have errors, so that records may be missing from it."""
    for state in (diff.old, diff.new):
        if state.errors:
            message = ngettext(
                "{n} error in {state}: records may be missing below ('milatui check' lists it)",
                "{n} errors in {state}: records may be missing below ('milatui check' lists them)",
                state.errors,
            )
            page.line(message.format(n=format_count(state.errors), state=state.label), "flag")
    for record in diff.unreadable:
        page.line(_("{record} cannot be read in one of both states").format(record=_id(record)))


def _write_lost(page: PageBuilder, lost: Sequence[LostEvidence]) -> None:
    if not lost:
        return
    page.heading(_("Evidence lost: {n}").format(n=format_count(len(lost))))
    reasons = {
        "document-gone": _("the document {document} is gone"),
        "document-unreadable": _("the document {document} cannot be read"),
        "words-gone": _("the words are no longer in {document}"),
        "source-gone": _("the source is gone, and no other is given"),
    }
    for each in lost:
        _write_record(page, "!", each.record, is_linked=True)
        reason = reasons[each.loss].format(document=f"document/{each.document}")
        start = page.at
        page.line(f"{' ' * 2 * _STEP}{format_path(each.path)}: {reason}", "flag")
        page.line(f"{' ' * 2 * _STEP}{quote_text(_shortened(each.exact))}", "quote")
        page.hanging_indent(start, page.at, 2 * _STEP)


def _write_kind(page: PageBuilder, diff: ArchiveDiff, kind: Kind) -> None:
    added = [record for record in diff.added if record.kind == kind]
    removed = [record for record in diff.removed if record.kind == kind]
    renamed = [pair for pair in diff.renamed if pair[1].kind == kind]
    changed = [each for each in diff.changed if each.record.kind == kind]
    if not (added or removed or renamed or changed):
        return
    page.heading(_kind_heading(diff, kind, len(added), len(removed), len(renamed), len(changed)))
    for record in added:
        _write_record(page, "+", record, is_linked=True)
    for record in removed:
        _write_record(page, "-", record, is_linked=False)
    for before, after in renamed:
        _write_record(page, ">", after, is_linked=True)
        page.line(" " * 2 * _STEP + _("was {id}").format(id=_id(before)), "dim")
    for each in changed:
        _write_changed(page, each)


def _kind_heading(
    diff: ArchiveDiff, kind: Kind, added: int, removed: int, renamed: int, changed: int
) -> str:
    """Returns the counts of a kind: before, now, and what happened in between."""
    words = (
        (added, ngettext("{n} new", "{n} new", added)),
        (removed, ngettext("{n} gone", "{n} gone", removed)),
        (renamed, ngettext("{n} renamed", "{n} renamed", renamed)),
        (changed, ngettext("{n} changed", "{n} changed", changed)),
    )
    counts = ", ".join(text.format(n=format_count(count)) for count, text in words if count)
    before, now = format_count(diff.old.counts[kind]), count_label(kind, diff.new.counts[kind])
    return _("{now} (before: {before}): {changes}").format(now=now, before=before, changes=counts)


def _id(record: RecordName) -> str:
    return str(Location(record.kind, record.id))


def _write_record(page: PageBuilder, sign: str, record: RecordName, *, is_linked: bool) -> None:
    """Writes the line of a record: a sign, its title, and its location."""
    start = page.at
    page.add(f"{sign} ", "bullet")
    target = Location(record.kind, record.id) if is_linked else None
    page.add(record.title, "strong", target)
    page.add(f"  {_id(record)}", "dim")
    page.end_line()
    page.hanging_indent(start, page.at, _STEP)


def _write_changed(page: PageBuilder, changed: ChangedRecord) -> None:
    _write_record(page, "~", changed.record, is_linked=True)
    for change in changed.values:
        _write_value(page, change, 2 * _STEP)
    if changed.text is not None:
        _write_text(page, changed.text)


def _write_value(page: PageBuilder, change: ValueChange, columns: int) -> None:
    """Writes a value before and now."""
    start = page.at
    page.add(" " * columns)
    page.add(f"{format_path(change.path)}: ", "label")
    if change.kind == "order":
        page.add(_("in another order"))
    elif change.kind == "added":
        page.add(f"+ {_value(change.new)}")
    elif change.kind == "removed":
        page.add(f"- {_value(change.old)}", "dim")
    else:
        old, new = _apart(_value(change.old, whole=True), _value(change.new, whole=True))
        page.add(old, "dim")
        page.add(" → ")
        page.add(new)
    page.end_line()
    page.hanging_indent(start, page.at, columns + _STEP)


def _value(data: Data, *, whole: bool = False) -> str:
    """Returns a value on one line; of a mapping also its keys."""
    if isinstance(data, dict):
        text = ", ".join(f"{key}: {_value(value, whole=whole)}" for key, value in data.items())
    elif isinstance(data, list):
        text = "; ".join(_value(item, whole=whole) for item in data)
    else:
        text = " ".join(data.split())
    return text if whole else _shortened(text)


def _apart(old: str, new: str) -> tuple[str, str]:
    """Shortens two long values so that what differs can be seen."""
    if max(len(old), len(new)) <= _WIDEST_VALUE:
        return old, new
    same = next(
        (n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one != other),
        min(len(old), len(new)),
    )
    start = max(0, old.rfind(" ", 0, max(0, same - _WIDEST_VALUE // 4)) + 1)
    lead = "… " if start else ""
    return lead + _shortened(old[start:]), lead + _shortened(new[start:])


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _WIDEST_VALUE else text[: _WIDEST_VALUE - 1].rstrip() + "…"


def _write_text(page: PageBuilder, text: WordDiff) -> None:
    """Writes what differs in a text: each change on a line, with the words around it."""
    indent = " " * 2 * _STEP
    page.add(indent)
    page.add(_("text:"), "label")
    page.add(" ")
    if not text.runs:
        page.line(_("only white space differs"), "dim")
        return
    removed = ngettext("{n} word gone", "{n} words gone", text.removed)
    added = ngettext("{n} word new", "{n} words new", text.added)
    counts = removed.format(n=format_count(text.removed)), added.format(n=format_count(text.added))
    page.line(", ".join(counts))
    hunks = list(_hunks(text.runs))
    for hunk in hunks[:_MOST_HUNKS]:
        start = page.at
        page.add(indent + "  ")
        for run in hunk:
            _write_run(page, run)
        page.end_line()
        page.hanging_indent(start, page.at, 3 * _STEP)
    if len(hunks) > _MOST_HUNKS:
        rest = len(hunks) - _MOST_HUNKS
        more = ngettext("{n} further change", "{n} further changes", rest)
        page.line(f"{indent}  {more.format(n=format_count(rest))}", "dim")


def _hunks(runs: Sequence[WordRun]) -> Iterator[list[WordRun]]:
    """Yields the changes of a text with the words around them; near ones together."""
    hunk: list[WordRun] = []
    for run in runs:
        if run.fate != "same":
            hunk.append(run)
            continue
        words = split_words(run.text)
        if len(words) <= 2 * _CONTEXT:
            hunk.append(run)
            continue
        if any(each.fate != "same" for each in hunk):
            yield [*hunk, WordRun("same", "".join(words[:_CONTEXT]) + "…")]
        hunk = [WordRun("same", "… " + "".join(words[-_CONTEXT:]))]
    if any(each.fate != "same" for each in hunk):
        yield hunk


def _write_run(page: PageBuilder, run: WordRun) -> None:
    """Writes some words as ``git diff --word-diff`` does: [-gone-] {+new+}."""
    text = run.text.replace("\n\n", "¶ ")
    if run.fate == "removed":
        page.add(f"[-{_shortened(text)}-]", "flag")
    elif run.fate == "added":
        page.add(f"{{+{_shortened(text)}+}}", "strong")
    else:
        page.add(text)
        return
    page.add(" ")
