"""How a partnership stands: from its evidence, by the archive's newest date, never by a clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.location import parse_location
from milatui.index.builder.build import build

if TYPE_CHECKING:
    from pathlib import Path

    from milatui.catalogue.lists.status import PartnerStatus

PARTNERS = """\
- {id: home, name: Home, kind: company, relation: The archive's own.}
- {id: recent, name: Recent, kind: company, relation: r}
- {id: silent, name: Silent, kind: company, relation: r}
- {id: ended, name: Ended, kind: company, relation: r}
- {id: overtime, name: Overtime, kind: company, relation: r,
   relations: [{to: home, kind: partner, start: '2015', end: '2018'}]}
- {id: long, name: Long, kind: company, relation: r}
- {id: renewed, name: Renewed, kind: company, relation: r}
- {id: visited, name: Visited, kind: company, relation: r}
- {id: vague, name: Vague, kind: company, relation: r}
- {id: nowhere, name: Nowhere, kind: company, relation: r}
- {id: elsewhere, name: Elsewhere, kind: company, relation: r}
"""
EVENTS = """\
- {id: a, date: '2023-05-02', kind: partnership, title: A, partners: [home, recent, overtime]}
- {id: b, date: 2018-03, kind: partnership, title: B, partners: [home, silent, recent]}
- {id: c, date: 2017-11, kind: partnership, title: C, partners: [home, ended],
   figures: [{measure: term, value: '3', unit: years}]}
- {id: d, date: '2020', kind: partnership, title: D, partners: [home, long],
   figures: [{measure: term, value: '60', unit: months}]}
- {id: g, date: 2017-11, kind: grant, title: G, partners: [home, renewed, visited],
   figures: [{measure: term, value: '3', unit: years}]}
- {id: h, date: 2020-06, kind: renewal, title: H, partners: [home, renewed]}
- {id: i, date: 2020-06, kind: visit, title: I, partners: [home, visited]}
- {id: e, date: 202X, kind: partnership, title: E, partners: [home, vague]}
- {id: f, date: '2019', kind: partnership, title: F, partners: [elsewhere, nowhere],
   figures: [{measure: term, value: '9', unit: years}]}
"""


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    root: Path = tmp_path_factory.mktemp("status")
    for folder, text in (("partners", PARTNERS), ("events", EVENTS)):
        (root / "archive" / folder).mkdir(parents=True)
        (root / "archive" / folder / "all.yaml").write_text(text, encoding="utf-8")
    head = "title: T\nhome: home\nlanguages: [en]\n"
    (root / "archive" / "archive.yaml").write_text(head, encoding="utf-8")
    build(root / "archive", root / "index")
    return Catalogue.open(root / "index")


def _status(catalogue: Catalogue, partner: str) -> PartnerStatus:
    number = catalogue.find("partner", partner)
    assert number is not None
    return catalogue.statuses([number])[0]


@pytest.mark.parametrize(
    ("partner", "state", "first", "last", "end"),
    [
        ("recent", "current", "2018-03", "2023-05-02", ""),
        ("silent", "silent", "2018-03", "2018-03", ""),
        # Three years from November 2017, said by the event itself.
        ("ended", "ended", "2017-11", "2017-11", "2020-11"),
        ("overtime", "past-end", "2023-05-02", "2023-05-02", "2018"),
        # A later agreement has replaced the term, a visit has not.
        ("renewed", "silent", "2017-11", "2020-06", ""),
        ("visited", "ended", "2017-11", "2020-06", "2020-11"),
        # The announced end is after the archive's newest date.
        ("long", "current", "2020", "2020", "2025"),
        # A decade confirms nothing; it is when the partner is first seen.
        ("vague", "unknown", "202X", "202X", ""),
        # What does not name the archive's own organisation is no evidence.
        ("elsewhere", "unknown", "", "", ""),
    ],
)
def test_the_status_of_a_partnership(
    catalogue: Catalogue, partner: str, state: str, first: str, last: str, end: str
) -> None:
    status = _status(catalogue, partner)
    dates = [each.date if each else "" for each in (status.first, status.last, status.end)]
    assert (status.state, *dates) == (state, first, last, end)
    assert status.newest == "2023-05-02"


def test_the_end_leads_to_the_record_that_announces_it(catalogue: Catalogue) -> None:
    ended, overtime = _status(catalogue, "ended"), _status(catalogue, "overtime")
    assert ended.end is not None
    assert ended.end.record == "event/c"
    assert overtime.end is not None
    assert overtime.end.record == "partner/overtime"
    page = catalogue.page(parse_location("partner/ended"))
    assert "ended Nov 2020, nothing since" in page.text
    assert "event/c" in {str(link.target) for link in page.links}


def test_the_page_names_who_appears_together_with_a_partner(catalogue: Catalogue) -> None:
    page = catalogue.page(parse_location("partner/recent"))
    start = page.text.index("Appears together with (2)")
    assert page.text[start:].splitlines()[1:3] == ["1  Overtime", "1  Silent"]
    links = {str(link.target) for link in page.links}
    assert {"partner/silent", "compare?a=recent&b=silent"} <= links
    assert "Appears together with" not in catalogue.page(parse_location("partner/ended")).text


@pytest.mark.parametrize("partner", ["home", "recent", "silent"])
def test_home_and_the_partner_itself_are_no_companions(catalogue: Catalogue, partner: str) -> None:
    number, home = catalogue.find("partner", partner), catalogue.find("partner", "home")
    assert number is not None
    found = [other for other, _count in catalogue.store().companions(number)]
    assert found
    assert {number, home}.isdisjoint(found)
