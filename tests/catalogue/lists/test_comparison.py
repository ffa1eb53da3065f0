"""Money is added by measure and currency; nothing is counted twice."""

from __future__ import annotations

import pytest

from milatui.archive.figures.contradictions import claim_of
from milatui.archive.records import Figure
from milatui.catalogue.lists.comparison import MoneySum, money_sums
from milatui.catalogue.lists.figures import FigureRow
from milatui.catalogue.lists.rows import RecordRow


def _row(
    value: str,
    unit: str = "CAD",
    date: str = "2020",
    *,
    measure: str = "grant",
    event: str = "",
    qualifier: str = "exact",
    partner: str = "x",
) -> FigureRow:
    figure = Figure(
        id=f"{value}-{date}",
        measure=measure,
        value=value,
        unit=unit,
        qualifier=qualifier,
        as_of=date,
        partner=partner,
        event=event,
    )
    row = RecordRow(0, "figure", figure.id, measure, date, value, "", ("x",), ())
    return FigureRow(row, figure, claim_of(figure), "", third_party=False, against=())


def _sums(*rows: FigureRow) -> list[tuple[str, str, float, bool, int]]:
    def flat(found: MoneySum) -> tuple[str, str, float, bool, int]:
        left = len(found.left_out)
        return found.measure, found.currency, found.amount, found.is_exact, left

    return [flat(found) for found in money_sums(rows, "x")]


@pytest.mark.parametrize(
    ("rows", "sums"),
    [
        # Currencies and measures are never mixed.
        (
            [_row("1"), _row("2", "USD")],
            [("grant", "CAD", 1, True, 0), ("grant", "USD", 2, True, 0)],
        ),
        (
            [_row("1"), _row("5", measure="loan")],
            [("grant", "CAD", 1, True, 0), ("loan", "CAD", 5, True, 0)],
        ),
        # Of other times: added.
        ([_row("1", date="2018"), _row("2", date="2020")], [("grant", "CAD", 3, True, 0)]),
        # Of the same time, whether they agree or contradict each other: once.
        ([_row("1"), _row("1")], [("grant", "CAD", 1, True, 1)]),
        ([_row("1"), _row("9")], [("grant", "CAD", 1, True, 1)]),
        ([_row("1", date="2018", event="e"), _row("2", event="e")], [("grant", "CAD", 1, True, 1)]),
        ([_row("1"), _row("2", date="20XX")], [("grant", "CAD", 1, True, 1)]),
        # A price is not paid twice.
        (
            [_row("1", date="2018", measure="price"), _row("2", measure="price")],
            [("price", "CAD", 1, True, 1)],
        ),
        ([_row("1", date="2018", qualifier="about"), _row("2")], [("grant", "CAD", 3, False, 0)]),
        # What is no money is no sum.
        ([_row("12", "people"), _row("hundreds")], []),
    ],
)
def test_sums_of_money(
    rows: list[FigureRow], sums: list[tuple[str, str, float, bool, int]]
) -> None:
    assert _sums(*rows) == sums


def test_money_of_others_and_of_a_part_stands_beside_the_sum_of_the_partner() -> None:
    total, inside = _row("7", event="gift"), _row("7", partner="", event="gift")
    parts = [_row("6", partner="university", event="gift"), _row("1", partner="y", event="gift")]
    sums = money_sums([total, *parts, inside], "x")
    assert [(each.subject, each.amount) for each in sums] == [("x", 7), ("university", 6), ("y", 1)]
    assert sums[0].left_out == (inside,)
