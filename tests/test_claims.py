"""No claim of the archive names a document that does not carry it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from milatui.archive.loader import LoadedArchive, load_archive
from tests.claims import (
    SHIPPED,
    FactFiles,
    cited,
    documents_of,
    read_table,
    unsupported,
)

# The folder of the fact files, which are not part of the project.
FACTS = os.environ.get("MILATUI_FACTS", "")


@pytest.fixture(scope="module")
def loaded() -> LoadedArchive:
    """The shipped archive as its files say it."""
    return load_archive(SHIPPED)


def test_every_claim_is_cited_from_documents_that_carry_it(loaded: LoadedArchive) -> None:
    claims = list(cited(loaded))
    assert len(claims) > 1000
    assert unsupported(claims, read_table()) == []


PLANTED = [
    # Other pages say these, the last nobody.
    ("event/google-renewal-2020", "google-viger-cnw"),
    ("figure/fg-038", "umontreal-microsoft"),
    ("statement/st-040", "recursion-lapresse-2021"),
    ("role/peter-grandsard/amgen", "amgen-2021"),
    ("relation/amgen/amgen-canada", "amgen-2023"),
    ("partner/xanadu", "bdc-2022"),
    ("event/of-no-facts", "amgen-2023"),
]


def test_back_filled_claims_are_refused(loaded: LoadedArchive) -> None:
    assert {document for _claim, document in PLANTED} <= {each.id for each in documents_of(loaded)}
    assert unsupported([*cited(loaded), *PLANTED], read_table()) == PLANTED


@pytest.mark.skipif(not FACTS, reason="MILATUI_FACTS does not name the fact files")
def test_the_table_says_what_the_facts_say(loaded: LoadedArchive) -> None:
    table = FactFiles(Path(FACTS), documents_of(loaded)).table
    said = {key: sorted(documents) for key, documents in table.items() if documents}
    assert read_table() == said
