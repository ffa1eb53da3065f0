"""Documents: front matter and body are told apart, and the body is kept to the letter."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from milatui.archive.syntax.front_matter import join_front_matter, split_front_matter
from milatui.archive.syntax.yaml_nodes import YamlSyntaxError


def test_front_matter_and_body_are_split_and_lines_counted() -> None:
    parts = split_front_matter("---\ntitle: A\ndate: 2021\n---\n\nFirst line.\n")
    assert parts.header == "title: A\ndate: 2021\n"
    assert parts.body == "First line.\n"
    assert parts.body_line == 6


def test_the_empty_line_before_the_body_is_optional() -> None:
    parts = split_front_matter("---\ntitle: A\n---\nFirst.\n\n---\n\nAfter a rule.\n")
    assert parts.body == "First.\n\n---\n\nAfter a rule.\n"
    assert parts.body_line == 4


def test_a_document_may_have_no_body() -> None:
    assert split_front_matter("---\ntitle: A\n---").body == ""
    assert split_front_matter("---\n---\n").header == ""


def test_only_a_line_of_three_hyphens_closes() -> None:
    parts = split_front_matter("--- \ntitle: A\nnote: |\n  ---\n---- : x\n---  \nBody")
    assert parts.header == "title: A\nnote: |\n  ---\n---- : x\n"
    assert parts.body == "Body"


@pytest.mark.parametrize("text", ["", "title: A\n", " ---\ntitle: A\n---\n", "----\n---\n"])
def test_without_opening_line_there_is_no_front_matter(text: str) -> None:
    with pytest.raises(YamlSyntaxError, match="does not start with front matter"):
        split_front_matter(text)


@pytest.mark.parametrize("text", ["---\n", "---", "---\ntitle: A\n ---\nBody\n"])
def test_without_closing_line_the_front_matter_is_open(text: str) -> None:
    with pytest.raises(YamlSyntaxError, match="is not closed"):
        split_front_matter(text)


@given(st.text(st.characters(exclude_characters="\r")))
@example("\n\nTwo empty lines first")
@example("---\n")
def test_any_body_comes_back(body: str) -> None:
    text = join_front_matter("title: A\n", body)
    parts = split_front_matter(text)
    assert (parts.header, parts.body) == ("title: A\n", body)
    assert text.split("\n")[parts.body_line - 1 :] == body.split("\n")
