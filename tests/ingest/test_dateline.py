"""The date of a document has a form; a day in running prose is not it."""

from __future__ import annotations

import pytest

from milatui.ingest.confidence import Confidence
from milatui.ingest.dateline import find_dateline

_CERTAIN, _LIKELY = Confidence.CERTAIN, Confidence.LIKELY


@pytest.mark.parametrize(
    ("text", "words", "confidence"),
    [
        ("MONTREAL, March 5, 2024 /CNW/ - The lab opens.", "March 5, 2024", _CERTAIN),
        ("Montréal, le 5 mars 2024 – Le laboratoire ouvre.", "5 mars 2024", _CERTAIN),
        ("**Québec (Québec), mardi 5 mars 2024** — Le labo ouvre.", "5 mars 2024", _CERTAIN),
        ("(Toronto, ON – March 5, 2024) The lab opens.", "March 5, 2024", _CERTAIN),
        ("BOSTON--(BUSINESS WIRE)--Mar. 5, 2024--A lab opens.", "Mar. 5, 2024", _CERTAIN),
        ("LONDON and NEW YORK, 5 March 2024 — They sign.", "5 March 2024", _CERTAIN),
        ("# News\n\nMarch 5, 2024\n\nThe lab opens.", "March 5, 2024", _LIKELY),
        ("Posted on March 5, 2024 by Jane\n\nText.", "March 5, 2024", _LIKELY),
        ("Mar 5, 2024 • 3 min read\n\nText.", "Mar 5, 2024", _LIKELY),
        ("Publié le 5 mars 2024\n\nTexte.", "5 mars 2024", _LIKELY),
        ("March 5, 2024 – MONTREAL – The lab opens.", "March 5, 2024", _LIKELY),
        (
            "**The lab of the north opens with its partners and all of us**\n\n"
            "MONTREAL, March 5, 2024 – The lab opens.",
            "March 5, 2024",
            _CERTAIN,
        ),
        ("TORONTO, March 5, 2024 (GLOBE NEWSWIRE) -- Acme opens.", "March 5, 2024", _CERTAIN),
        ("SAN JOSE, Calif. – March 5, 2024 – Acme opens.", "March 5, 2024", _CERTAIN),
        ("SEATTLE, March 5, 2024 /PRNewswire/ -- Acme opens.", "March 5, 2024", _CERTAIN),
        ("Brussels, 5 March 2024\n\nThe lab opens.", "5 March 2024", _LIKELY),
    ],
)
def test_a_dateline_dates_its_document(text: str, words: str, confidence: Confidence) -> None:
    dateline = find_dateline(text)
    assert dateline is not None
    assert (dateline.edtf, dateline.confidence) == ("2024-03-05", confidence)
    assert text[dateline.start : dateline.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "> March 5, 1850\n> Dear brother, the harvest is poor.",
        "Marie Tremblay, born on March 3, 1961, in Laval, has died.",
        "Née le 3 mars 1961 à Laval, Marie Tremblay a enseigné pendant quarante ans.",
        "June 12, 2025: the conference opens its doors, and all are welcome.",
        "Le 14 juillet 1789, la foule prit la Bastille.",
        "From March 3, 2021 to March 9, 2021 the doors stayed shut.",
        "Acme Inc., founded on 4 July 1999, makes anvils.",
        "Dear all,\n\nAs of March 5, 2024, the office moves.",
        "March 5, 2019 at 10:00: doors open\nMarch 5, 2019 at 12:00: lunch",
        "On March 13, 2019, leaders came together in Montreal.",
        "Le 12 mai 2019, les partenaires ont signé un accord.",
        "In Montreal, on March 5, 2019 - a year before - the lab opened.",
        "It was signed in Paris, March 5, 2014.",
        "Jane Tremblay (May 3, 1960 – June 5, 2020) was our director.",
        "Join us on March 30, 2025 for a workshop.",
        "Deadline: 31 March 2025",
        "Workshop, March 5, 2024 – Montreal",
        "* March 5, 2024: the lab opens",
        "| March 5, 2024 | The lab opens |",
        "Paris, 5-7 mars 2024 – Le colloque des partenaires.",
        "Copyright, March 5, 2024",
        "Last updated: March 5, 2024",
        "We tell of two meetings of the team here:\n2019-11-14 and\n2019-11-21. More follows.",
        "A decade has begun, and we are glad of what comes.\n\n**FOSDEM**\nFebruary 2, 2020",
        "We met as we do in each and every week.\n\n# 2019-10-31\n\nAnnouncements",
        "The text goes on and on in this line, in\nMONTREAL, March 5, 2024 - the lab of all opens.",
        "March 5, 2024\n\nParis, March 6, 2024 - The lab opens.",
        "x\n" * 400 + "MONTREAL, March 5, 2024 - The lab opens.",
    ],
)
def test_a_day_of_running_prose_dates_nothing(text: str) -> None:
    assert find_dateline(text) is None
