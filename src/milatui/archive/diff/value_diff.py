"""Compares two records as plain data and lists the values that differ.

Items of lists are aligned by what identifies them, not by their number: a source that is inserted
at the beginning changes nothing of the others.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milatui.archive.kinds import Data
    from milatui.archive.validate import FieldPath

ChangeKind = Literal["added", "removed", "changed", "order"]

_IDENTITY: Final[tuple[tuple[str, ...], ...]] = (
    ("document", "exact"),
    ("document",),
    ("to", "kind"),
    ("to",),
    ("title", "organisation"),
    ("organisation",),
    ("title",),
    ("measure", "as_of"),
    ("measure",),
    ("value", "language"),
    ("value",),
    ("language", "kind"),
    ("name",),
    ("text",),
)
"""Keys that identify an item of a list, the strictest first: of sources, relations, roles,
measurements, names, eras and facts."""


class ValueChange(NamedTuple):
    """A value that differs.

    Attributes:
        path: The value within the record: in the new one, or in the old one if it was removed.
        kind: What happened to it; ``order``: the items of a list are the same, in another order.
        old: The value before, empty if it was added.
        new: The value now, empty if it was removed.
    """

    path: FieldPath
    kind: ChangeKind
    old: Data
    new: Data


def diff_values(old: Data, new: Data, path: FieldPath = None) -> Iterator[ValueChange]:
    """Yields the values that differ, in the order of the new data; removed ones at their end.

    Args:
        old: Plain data of a record or a part of it.
        new: The same of the other state.
        path: Where both are.
    """
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*new, *old)):
            if key not in old:
                yield ValueChange((path, key), "added", "", new[key])
            elif key not in new:
                yield ValueChange((path, key), "removed", old[key], "")
            else:
                yield from diff_values(old[key], new[key], (path, key))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _diff_lists(old, new, path)
    else:
        yield ValueChange(path, "changed", old, new)


def _diff_lists(old: list[Data], new: list[Data], path: FieldPath) -> Iterator[ValueChange]:
    pairs = align(old, new)
    same = True
    for before, after in pairs:
        if before is None:
            same = False
            if after is not None:
                yield ValueChange((path, after), "added", "", new[after])
        elif after is None:
            same = False
            yield ValueChange((path, before), "removed", old[before], "")
        elif old[before] != new[after]:
            same = False
            yield from diff_values(old[before], new[after], (path, after))
    if same:
        yield ValueChange(path, "order", old, new)


def align(old: Sequence[Data], new: Sequence[Data]) -> list[tuple[int | None, int | None]]:
    """Aligns the items of two lists: equal ones first, then those with the same identity.

    Returns:
        (index in ``old``, index in ``new``) of each item, None where it has no counterpart; in
        the order of ``new``, removed items at the end.
    """
    partner_of: dict[int, int] = {}
    unused = set(range(len(old)))
    for keys in (None, *_IDENTITY):
        open_items = [number for number in range(len(new)) if number not in partner_of]
        if not open_items or not unused:
            break
        known: defaultdict[str, deque[int]] = defaultdict(deque)
        for number in sorted(unused):
            identity = _identity(old[number], keys)
            if identity:
                known[identity].append(number)
        for number in open_items:
            identity = _identity(new[number], keys)
            if identity and known[identity]:
                partner_of[number] = known[identity].popleft()
                unused.discard(partner_of[number])
    aligned: list[tuple[int | None, int | None]] = [
        (partner_of.get(number), number) for number in range(len(new))
    ]
    return [*aligned, *((number, None) for number in sorted(unused))]


def _identity(item: Data, keys: tuple[str, ...] | None) -> str:
    """Returns what identifies an item by some keys, "" if it lacks one; None: all of the item."""
    if keys is None:
        return json.dumps(item, sort_keys=True)
    if not isinstance(item, dict) or not all(key in item for key in keys):
        return ""
    return json.dumps([item[key] for key in keys], sort_keys=True)
