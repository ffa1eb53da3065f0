"""Compares two partners: what each has, what both have, and the money that is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from milatui.archive.figures.contradictions import numeric_value
from milatui.archive.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from milatui.archive.kinds import Kind
    from milatui.catalogue.lists.figures import FigureRow
    from milatui.catalogue.lists.rows import RecordRow

Rows = dict["Kind", list["RecordRow"]]
_RECURRING: Final = frozenset(
    ("contribution", "funding", "funding_round", "gift", "grant", "investment", "loan")
)
"""Measures of money that is given more than once, so that its sums mean something."""
_CURRENCY: Final = 3
"""Letters of an ISO 4217 code; ``dollars`` is a currency that the source does not name."""


@dataclass(frozen=True, slots=True)
class MoneySum:
    """Recorded sums of money of a measure, about one partner, in a currency.

    Attributes:
        measure: The measure as recorded.
        subject: Id of the partner that they are about.
        currency: An ISO 4217 code, or ``dollars``.
        amount: Their sum.
        is_exact: Whether all that were added are exact.
        figures: The figures that were added.
        left_out: Figures that were not added: they may be about the same money.
    """

    measure: str
    subject: str
    currency: str
    amount: float
    is_exact: bool
    figures: tuple[FigureRow, ...]
    left_out: tuple[FigureRow, ...]


def in_common(one: Rows, other: Rows) -> Rows:
    """Returns the rows of records that name both partners, by kind."""
    shared: Rows = {}
    for kind in KINDS:
        known = {row.number for row in other[kind]}
        shared[kind] = [row for row in one[kind] if row.number in known]
    return shared


def money_sums(rows: Iterable[FigureRow], partner: str) -> list[MoneySum]:
    """Adds the sums of money that figures of a partner record, by measure, subject and currency.

    Only what is recorded is added, only of measures that recur (gifts, not a price), and no money
    twice: of figures of one event, or whose dates overlap or are unknown, one counts, whether the
    others agree with it or contradict it.

    Args:
        rows: Figures that name the partner.
        partner: Its id: the subject of figures that name no other one.

    Returns:
        The sums, those about the partner first.
    """
    groups: dict[tuple[str, str, str], list[FigureRow]] = {}
    for row in rows:
        figure = row.figure
        if is_currency(figure.unit) and numeric_value(figure):
            key = figure.measure, figure.partner or partner, figure.unit
            groups.setdefault(key, []).append(row)
    own_first = sorted(groups, key=lambda key: key[1] != partner)
    return [_sum(*key, groups[key]) for key in own_first]


def _sum(measure: str, subject: str, unit: str, group: Sequence[FigureRow]) -> MoneySum:
    counted: list[FigureRow] = []
    left: list[FigureRow] = []
    # Exact figures go first, those that nothing contradicts before others.
    for row in sorted(group, key=lambda row: (row.figure.qualifier != "exact", bool(row.against))):
        recurs = measure in _RECURRING or not counted
        same = not recurs or any(_may_be_the_same(row, other) for other in counted)
        (left if same else counted).append(row)
    return MoneySum(
        measure=measure,
        subject=subject,
        currency=unit,
        amount=sum(numeric_value(row.figure) or 0.0 for row in counted),
        is_exact=all(row.figure.qualifier == "exact" for row in counted),
        figures=tuple(counted),
        left_out=tuple(left),
    )


def is_currency(unit: str) -> bool:
    """Returns whether a unit is a currency."""
    return unit == "dollars" or (len(unit) == _CURRENCY and unit.isascii() and unit.isupper())


def _may_be_the_same(one: FigureRow, other: FigureRow) -> bool:
    """Returns whether two figures of a measure may be about the same money."""
    if one.figure.event and one.figure.event == other.figure.event:
        return True
    dated = one.claim.first <= one.claim.last and other.claim.first <= other.claim.last
    overlap = one.claim.first <= other.claim.last and other.claim.first <= one.claim.last
    return overlap or not dated


def known_years(rows: Iterable[RecordRow]) -> list[RecordRow]:
    """Returns the rows whose date has a known year."""
    return [row for row in rows if row.date and "X" not in row.date]
