"""A name is given a kind only if it tells one."""

from __future__ import annotations

import pytest

from milatui.archive.schema import PARTNER_KINDS
from milatui.ingest.review.candidate import guess_partner_kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Acme Robotics Inc.", "company"),
        ("Hitachi, Ltd.", "company"),
        ("Danone S.A.", "company"),
        ("Nova Bank", "company"),
        ("Université Laval", "university"),
        ("Department of Energy", "public-body"),
        ("Ville de Montréal", "public-body"),
        ("Royal Society", "network"),
        ("AI Sweden", "organisation"),
        ("Vinnova", "organisation"),
        ("Working Group on Robotics for Health", "organisation"),
        ("U.S.A. Today", "organisation"),
    ],
)
def test_a_name_that_tells_no_kind_is_an_organisation(name: str, kind: str) -> None:
    assert guess_partner_kind(name) == kind
    assert kind in PARTNER_KINDS
