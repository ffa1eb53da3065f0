"""Character references are decoded once, and never in code."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from milatui.archive.loader import load_file
from milatui.archive.quotes.document_text import document_text
from milatui.archive.records import Document, Partner
from milatui.archive.syntax.character_references import decode_references

BITS = (
    "&amp; &lt; &gt; &#39; &#x2019; &eacute; &nbsp; &nosuch; & ; &# # ` `` ``` ~~~ \\ < > * _ a"
    " tag /b | [ ] ! - 1 amp; lt; #39;"
)
PIECES = st.lists(
    st.sampled_from(BITS.split()) | st.sampled_from([" ", "\n", "\n\n", "    "]), max_size=14
).map("".join)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Veterans&#39; research &amp; care", "Veterans' research & care"),
        ("caf&eacute;&nbsp;: l&#x2019;&Eacute;t&eacute;", "café\u00a0: l’Été"),
        ("twice &amp;#39; &amp;amp;", "twice ' &"),
        ("AT&T; R&D, a & b; &nosuch; &copy 2020 &#;", "AT&T; R&D, a & b; &nosuch; &copy 2020 &#;"),
        ("https://x.example/?a=1&copy=2", "https://x.example/?a=1&copy=2"),
        ("&#0; &#xD800;", "\ufffd \ufffd"),
    ],
)
def test_references_in_plain_text_are_decoded(text: str, expected: str) -> None:
    assert decode_references(text) == expected


@given(PIECES)
@example("&amp;amp;amp;amp;")
def test_what_is_decoded_is_not_decoded_again(text: str) -> None:
    assert decode_references(decode_references(text)) == decode_references(text)


def test_files_are_read_decoded(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "partners").mkdir()
    (tmp_path / "documents" / "a.md").write_text(
        "---\ntitle: Caf&eacute; &amp; co\npublisher: A&amp;B\n---\n\nR&amp;D in `&amp;`\n"
    )
    (tmp_path / "partners" / "b.yaml").write_text(
        "id: b\nname: Johnson &amp; Johnson\nkind: company\nrelation: with &lt;3\n"
        "names: [{value: J&amp;J}]\nwebsite: https://x.example/?a&amp;b\n"
    )
    document = load_file(tmp_path, "documents/a.md").records[0].record
    partner = load_file(tmp_path, "partners/b.yaml").records[0].record
    assert isinstance(document, Document)
    assert isinstance(partner, Partner)
    assert (document.title, document.publisher) == ("Café & co", "A&B")
    assert document_text(document) == "R&D in &amp;\n\n"
    assert (partner.name, partner.names[0].value) == ("Johnson & Johnson", "J&J")
    assert partner.website == "https://x.example/?a&amp;b"
