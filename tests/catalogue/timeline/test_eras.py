"""Eras of ``archive.yaml`` as days, in the interface's language."""

from __future__ import annotations

from datetime import date

from milatui.archive.kinds import Data
from milatui.catalogue.timeline.eras import EraSpan, era_spans
from milatui.i18n import set_language
from milatui.index.sort_order import OPEN_END

HEAD: dict[str, Data] = {
    "eras": [
        {"name": "institute", "date": "2018/.."},
        {
            "name": "laboratory",
            "date": "1993/2017-06",
            "names": [{"value": "laboratoire", "language": "fr"}],
        },
    ]
}


def test_eras_are_in_order_with_their_days() -> None:
    first, second = date(1993, 1, 1).toordinal(), date(2017, 6, 30).toordinal()
    assert era_spans(HEAD) == [
        EraSpan("laboratory", first, second),
        EraSpan("institute", date(2018, 1, 1).toordinal(), OPEN_END),
    ]


def test_eras_are_named_in_french_where_they_have_a_french_name() -> None:
    set_language("fr")
    assert [era.label for era in era_spans(HEAD)] == ["laboratoire", "institute"]


def test_an_era_without_a_valid_date_is_left_out() -> None:
    assert era_spans({"eras": [{"name": "ever", "date": "long ago"}]}) == []
    assert era_spans({}) == []
