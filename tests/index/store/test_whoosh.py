"""Any program that knows Whoosh opens the index and searches it with stock queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoosh.index import open_dir
from whoosh.qparser import QueryParser
from whoosh.query import And, NumericRange, Phrase, Term
from whoosh.sorting import FieldFacet

from milatui.index.builder.build import build
from milatui.index.index_reader import IndexReader
from tests.index.test_build import rewrite
from tests.sample import write_sample

if TYPE_CHECKING:
    from pathlib import Path


def test_stock_whoosh_searches_the_index_with_its_own_queries(tmp_path: Path) -> None:
    archive = write_sample(tmp_path / "archive")
    build(archive, tmp_path / "index")
    rewrite(archive / "documents/about.md", "Undated", "A dirigible. Undated")
    build(archive, tmp_path / "index")
    index = open_dir(str(IndexReader.open(tmp_path / "index").folder))
    with index.searcher() as searcher:

        def ids(query: object, **options: object) -> list[str]:
            return [hit["record"]["id"] for hit in searcher.search(query, **options)]

        assert searcher.doc_count() == 67  # two of them figures inside events
        stems = QueryParser("stem", index.schema)
        assert "amgen-lab" in ids(stems.parse("laboratories"))
        assert ids(stems.parse("dirigibles")) == ["about"]
        assert ids(Phrase("text", ["corporate", "laboratory"]))[0] == "amgen-lab-opens"
        assert ids(Term("key", "event/founded")) == ["founded"]
        of_amgen = And([Term("partner", "amgen"), Term("kind", "event")])
        assert ids(of_amgen) == ["amgen-partner", "amgen-lab-opens"]
        assert "amgen-lab-opens" in ids(Term("names", "document/amgen-lab"))
        in_2023 = And([NumericRange("first", 738521, 738885), Term("kind", "document")])
        assert ids(in_2023) == ["amgen-lab"]
        newest = ids(Term("kind", "document"), sortedby=FieldFacet("last", reverse=True))
        assert newest[0] == "amgen-lab"
        french = Term("lang", "fr")
        assert set(ids(french)) == {"denso-fr", "sweden-fr"}
