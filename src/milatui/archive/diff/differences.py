"""Defines what differs between two states of an archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milatui.archive.diff.value_diff import ValueChange
    from milatui.archive.diff.word_diff import WordDiff
    from milatui.archive.kinds import Kind
    from milatui.archive.validate import FieldPath

Loss = Literal["document-gone", "document-unreadable", "words-gone", "source-gone"]
"""Why evidence is lost: the document is no longer in the archive or cannot be read, the words are
no longer in the document, or a value that had a source has none."""


class RecordName(NamedTuple):
    """A record as lists name it: its kind, id and title or name."""

    kind: Kind
    id: str
    title: str


class LostEvidence(NamedTuple):
    """A passage that proved a value of the old state and no longer does.

    Attributes:
        record: The record of the new state.
        path: The source in the record: in the new one, or in the old one if it is gone.
        document: Id of the quoted document.
        exact: The quoted words.
        loss: Why it is lost.
    """

    record: RecordName
    path: FieldPath
    document: str
    exact: str
    loss: Loss


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """A record of both states that differs.

    Attributes:
        record: The record of the new state.
        old_id: Its id in the old state.
        values: The values that differ, without a document's text.
        text: What differs in a document's text; None if nothing does.
    """

    record: RecordName
    old_id: str
    values: tuple[ValueChange, ...]
    text: WordDiff | None = None


class StateSummary(NamedTuple):
    """One of two states of an archive.

    Attributes:
        label: What it is called.
        counts: Number of records by kind, figures inside events included.
        errors: Number of errors in its files.
    """

    label: str
    counts: Mapping[Kind, int]
    errors: int


@dataclass(frozen=True, slots=True)
class ArchiveDiff:
    """What differs between two states of an archive.

    Attributes:
        old: The state that is compared with.
        new: The state that is compared with it.
        added: Records that only the new state has.
        removed: Records that only the old state has.
        renamed: Old record and new record that differ in their id only.
        changed: Records of both states that differ.
        unreadable: Records of one state whose counterpart exists but cannot be read; nothing is
            known of how they differ.
        lost: Evidence of the old state that no longer stands.
        metadata: What differs in ``archive.yaml``.
    """

    old: StateSummary
    new: StateSummary
    added: Sequence[RecordName] = ()
    removed: Sequence[RecordName] = ()
    renamed: Sequence[tuple[RecordName, RecordName]] = ()
    changed: Sequence[ChangedRecord] = ()
    unreadable: Sequence[RecordName] = ()
    lost: Sequence[LostEvidence] = ()
    metadata: Sequence[ValueChange] = ()

    @property
    def is_empty(self) -> bool:
        """Whether both states are the same."""
        found = (self.added, self.removed, self.renamed, self.changed, self.unreadable)
        return not any((*found, self.lost, self.metadata))
