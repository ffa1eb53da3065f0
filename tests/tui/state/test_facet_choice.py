"""What choosing a facet value does to the scope."""

from __future__ import annotations

import pytest

from milatui.catalogue.scope import Scope
from milatui.tui.state.facet_choice import Facet, is_chosen, toggle_value


@pytest.mark.parametrize(
    ("facet", "values", "scope"),
    [
        ("kind", ("event", "document"), Scope(kinds=frozenset({"event", "document"}))),
        ("kind", ("event", "document", "event"), Scope(kinds=frozenset({"document"}))),
        ("sector", ("health", "finance"), Scope(sectors=frozenset({"health", "finance"}))),
        ("language", ("en", "fr"), Scope(languages=frozenset({"en", "fr"}))),
        ("language", ("en", "en"), Scope()),
        ("publisher", ("Mila", "CNW"), Scope(publishers=frozenset({"Mila", "CNW"}))),
        ("partner", ("amgen", "intel"), Scope(partners=frozenset({"amgen", "intel"}))),
        ("partner", ("amgen", "amgen"), Scope()),
        ("year", ("2021",), Scope(since="2021", until="2021")),
        ("year", ("2021", "2023"), Scope(since="2021", until="2023")),
        ("year", ("2023", "2021"), Scope(since="2021", until="2023")),
        ("year", ("2021", "2021"), Scope()),
        ("year", ("2021", "2023", "2021"), Scope(since="2022", until="2023")),
        ("year", ("2021", "2023", "2023"), Scope(since="2021", until="2022")),
        ("year", ("2021", "2023", "2022"), Scope(since="2022", until="2022")),
        ("year", ("2021", "201X"), Scope(since="201X", until="201X")),
    ],
)
def test_values_are_added_and_taken_away(
    facet: Facet, values: tuple[str, ...], scope: Scope
) -> None:
    made = Scope()
    for value in values:
        made = toggle_value(made, facet, value)
    assert made == scope


def test_years_within_a_range_are_chosen() -> None:
    scope = Scope(since="2021", until="2023")
    years = [str(year) for year in range(2019, 2026)]
    assert [y for y in years if is_chosen(scope, "year", y)] == ["2021", "2022", "2023"]
    assert [y for y in years if is_chosen(Scope(since="2024"), "year", y)] == ["2024", "2025"]
    assert not any(is_chosen(Scope(), "year", year) for year in years)
