"""Whoosh fields with our analyzers: terms, positions, offsets, queries of every language."""

from __future__ import annotations

from pathlib import Path

import pytest
from whoosh.fields import TEXT, Schema
from whoosh.index import create_in
from whoosh.qparser import QueryParser

from milatui.index.analysis.analyzers import LanguageText, StemAnalyzer, WordAnalyzer
from milatui.index.analysis.tokenizer import tokenize

TEXT_FR = "L’institut a 1 000 chercheuses."


def test_words_have_positions_and_offsets() -> None:
    found = [
        (t.text, t.pos, t.startchar, t.endchar, t.original)
        for t in WordAnalyzer()(TEXT_FR, positions=True, chars=True, keeporiginal=True)
    ]
    expected = [
        (token.word, number, token.start, token.end, TEXT_FR[token.start : token.end])
        for number, token in enumerate(tokenize(TEXT_FR))
    ]
    assert found == expected
    assert ("1000", 2, 13, 18, "1 000") in found


@pytest.mark.parametrize(
    ("value", "mode", "expected"),
    [
        (LanguageText("chercheuses", "fr"), "index", ["fr:chercheux"]),
        (LanguageText("labs", "xx"), "index", ["xx:labs"]),
        ("The labs of the region", "index", ["en:the", "en:lab", "en:of", "en:the", "en:region"]),
        ("labs", "query", ["en:lab", "fr:lab", "xx:labs"]),
    ],
)
def test_stems_are_marked(value: str, mode: str, expected: list[str]) -> None:
    assert [token.text for token in StemAnalyzer()(value, mode=mode)] == expected


@pytest.mark.parametrize("query", ["institut", "chercheuse", "INSTITUTS", "1,000"])
def test_a_whoosh_index_finds_by_stem(tmp_path: Path, query: str) -> None:
    schema = Schema(
        stem=TEXT(StemAnalyzer(), phrase=False, multitoken_query="or"), text=TEXT(WordAnalyzer())
    )
    index = create_in(tmp_path, schema)
    writer = index.writer()
    writer.add_document(stem=LanguageText(TEXT_FR, "fr"), text=TEXT_FR)
    writer.add_document(stem=LanguageText("Nothing of it", "en"), text="Nothing of it")
    writer.commit()
    with index.searcher() as searcher:
        found = searcher.search(QueryParser("stem", schema).parse(query))
        assert [hit.docnum for hit in found] == [0]
