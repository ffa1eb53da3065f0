"""A release with its findings, made by hand, and an archive to take them into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.records import Document
from milatui.ingest.confidence import Confidence
from milatui.ingest.proposal import Proposal, Recognised
from milatui.ingest.recognise.findings import (
    EventFinding,
    FigureFinding,
    Findings,
    OrganisationMention,
    PartnerMention,
    PersonFinding,
    PersonRole,
    QuotationFinding,
    TextSpan,
)
from milatui.ingest.review.candidate import candidates_of
from milatui.ingest.review.review_session import ReviewDocument

if TYPE_CHECKING:
    from pathlib import Path

BODY = """\
The *Example Institute* and Northern Robotics open a laboratory today. It will house about 40
researchers, and Northern Robotics pays US$2 million.

“We expect first results within a year,” said Dr. Zoé Roy, director of research at Northern
Robotics. She repeated: “We expect first results within a year,” and laughed.
"""


def span(words: str, number: int = 1) -> TextSpan:
    """The span of words of the release, the first or a later one."""
    start = -1
    for _each in range(number):
        start = BODY.index(words, start + 1)
    return TextSpan(start, start + len(words))


FINDINGS = Findings(
    partners=(
        PartnerMention(
            "example-institute",
            "Example Institute",
            span("Example Institute"),
            Confidence.CERTAIN,
            (span("Example Institute"),),
        ),
    ),
    organisations=(
        OrganisationMention(
            "Northern Robotics",
            span("Northern Robotics"),
            Confidence.LIKELY,
            (span("Northern Robotics"), span("Northern Robotics", 2)),
            ("NR",),
        ),
    ),
    people=(
        PersonFinding(
            "Zoé Roy",
            span("Zoé Roy"),
            Confidence.CERTAIN,
            (span("Zoé Roy"),),
            (
                PersonRole(
                    "director of research",
                    "Northern Robotics",
                    span("director of research at Northern\nRobotics"),
                ),
            ),
        ),
    ),
    quotations=(
        QuotationFinding(
            "We expect first results within a year,",
            span("We expect first results within a year,"),
            "en",
            "Zoé Roy",
            span("Zoé Roy"),
            Confidence.CERTAIN,
        ),
        QuotationFinding(
            "open a laboratory",  # not within quotation marks
            span("open a laboratory"),
            "en",
            "Zoé Roy",
            None,
            Confidence.UNSURE,
        ),
    ),
    figures=(
        FigureFinding(
            "40",
            "people",
            "about",
            "researchers",
            span("about 40\nresearchers"),
            Confidence.CERTAIN,
        ),
        FigureFinding(
            "2000000", "count", "exact", "payment", span("US$2 million"), Confidence.LIKELY, "USD"
        ),
    ),
    events=(
        EventFinding(
            "Northern Robotics opens a laboratory",
            "lab-opening",
            "2024-03-08",
            None,
            Confidence.LIKELY,
            ("example-institute",),
            ("Northern Robotics",),
            ("Zoé Roy",),
        ),
    ),
)


def release(identifier: str = "north-lab", findings: Findings = FINDINGS) -> ReviewDocument:
    """The release under review."""
    document = Document(
        identifier, "A laboratory in the north", BODY, date="2024-03-08", language="en"
    )
    recognised = {
        "date": Recognised("dateline", Confidence.LIKELY),
        "title": Recognised("heading", Confidence.CERTAIN),
    }
    proposal = Proposal(document, "north-lab.md", 1, recognised)
    return ReviewDocument(proposal, candidates_of(proposal, findings))


def write_archive(root: Path) -> Path:
    """Writes an archive with one partner, whose file has a comment."""
    (root / "partners").mkdir(parents=True)
    (root / "archive.yaml").write_text("title: Ours\n")
    (root / "partners" / "example.yaml").write_text(
        "# Ours.\nid: example-institute\nname: Example Institute\n"
        "kind: research-institute\nrelation: home   # of this archive\n"
    )
    return root
