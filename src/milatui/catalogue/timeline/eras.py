"""Reads the eras of an archive, for the bands behind the drawn timeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milatui.archive.edtf import is_edtf, parse_edtf
from milatui.archive.serialize import metadata_from_dict
from milatui.i18n import language
from milatui.index.sort_order import OPEN_END, OPEN_START

if TYPE_CHECKING:
    from collections.abc import Mapping

    from milatui.archive.kinds import Data


@dataclass(frozen=True, slots=True)
class EraSpan:
    """An era and its days; ``OPEN_START`` and ``OPEN_END`` stand for open ends."""

    label: str
    first: int
    last: int


def era_spans(head: Mapping[str, Data]) -> list[EraSpan]:
    """Returns the eras of ``archive.yaml`` by their beginning, named in the interface's language.

    Args:
        head: The content of ``archive.yaml``.
    """
    found: list[EraSpan] = []
    for era in metadata_from_dict({"title": "", **head}).eras:
        if not is_edtf(era.date):
            continue
        date = parse_edtf(era.date)
        label = next((n.value for n in era.names if n.language == language()), era.name)
        first = OPEN_START if date.first is None else date.first
        found.append(EraSpan(label, first, OPEN_END if date.last is None else date.last))
    return sorted(found, key=lambda era: era.first)
