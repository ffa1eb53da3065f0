"""A review of thousands of files holds a few of them in memory."""

from __future__ import annotations

from dataclasses import replace

import pytest

from milatui.ingest.confidence import Confidence
from milatui.ingest.review.document_spool import DocumentSpool
from milatui.ingest.review.review_session import Decision, ReviewDocument, ReviewSession
from tests.ingest.review.findings import BODY, release
from tests.peak_memory import peak_memory


def _document(number: int, words: str = "") -> ReviewDocument:
    document = release(f"release-{number}")
    text = replace(document.proposal.document, body=f"{BODY}\n{words}")
    return replace(document, proposal=replace(document.proposal, document=text))


def test_documents_come_back_as_they_were() -> None:
    given = [_document(number) for number in range(50)]
    with DocumentSpool() as spool:
        for document in given:
            spool.append(document)
        assert list(spool) == given
        assert (spool[-1], spool[3:5], len(spool)) == (given[-1], given[3:5], 50)
        with pytest.raises(IndexError):
            spool[50]


def test_a_review_needs_the_memory_of_a_few_documents() -> None:
    def review() -> None:
        with DocumentSpool() as spool:
            for number in range(150):
                # No two of these texts share their memory.
                spool.append(_document(number, f"{number} " * 25_000))
            session = ReviewSession(spool)
            every = session.remaining()
            assert every == 150 * session.accept_all(Confidence.UNSURE, spool[:1])
            session.undo()
            organisation = next(e for e in spool[9].candidates if e.kind == "organisation")
            session.decide("release-9", organisation.key, Decision("rejected"))
            assert session.remaining() == every - 150
            assert session.accept_all(Confidence.UNSURE, spool) == every - 150

    assert peak_memory(review) < 10_000_000
