"""The parser of simple front matter gives what PyYAML gives, or leaves the text to it."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from milatui.archive import loader
from milatui.archive.loader import load_file
from milatui.archive.records import Document
from milatui.archive.schema import DOCUMENT
from milatui.archive.syntax.simple_yaml import parse_simple
from milatui.archive.syntax.yaml_nodes import YamlSyntaxError, compose
from milatui.archive.writer import document_file_text

PIECES = (
    *(
        "a",
        "title",
        "date",
        "subject",
        "language",
        "type",
        "B9",
        "é",
        "\u00a0",
        "\u2014",
        "字",
        "😀",
    ),
    *(
        " ",
        " ",
        "  ",
        "\n",
        "\n",
        "\n  ",
        "\n- ",
        "\n  - ",
        ": ",
        ":",
        ",",
        ", ",
        "#",
        " #",
        "'",
        "''",
    ),
    *(
        '"',
        "\\",
        '\\"',
        "\\n",
        "[",
        "]",
        "[a, b]",
        "{",
        "}",
        "&",
        "*",
        "!",
        "|",
        ">",
        "%",
        "@",
        "`",
    ),
    *(
        "-",
        "?",
        "~",
        "null",
        "no",
        "2018",
        "2018-05-03",
        "\t",
        "\r",
        "\x85",
        "\u2028",
        "\ufeff",
        "\x07",
    ),
    *("\u0301", "\u200b", "---", "...", "<<", "=", "https://x.org/a:b#c", ".", "en", "news"),
)
VALUES = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)
TAME = st.lists(
    st.sampled_from(("a", "B9", "é", "x:y", "a#b", "it''s", '\\"', "—", "\n ", "2018", "(no)")),
    min_size=1,
    max_size=5,
).map(" ".join)
QUOTED = (VALUES | TAME).flatmap(
    lambda text: st.sampled_from((text, f"'{text}'", f'"{text}"', f"[{text}]"))
)
LINES = st.tuples(st.sampled_from(sorted(DOCUMENT.fields)), QUOTED).map(
    lambda kv: f"{kv[0]}: {kv[1]}"
)
ITEMS = st.lists(
    st.tuples(
        st.sampled_from(("", " ", "  ")), st.sampled_from(("a", "b.c-1", "null", "a: b", "é"))
    )
    .map("- ".join)
    .map("\n{}".format),
    max_size=3,
).map("".join)
HEADERS = st.lists(LINES | ITEMS.map("subject:{}".format) | VALUES, max_size=4).map(
    lambda lines: "".join(f"{x}\n" for x in lines)
)


def constructed(node: yaml.Node) -> object:
    """What a node stands for, as PyYAML's base loader makes it."""
    if isinstance(node, yaml.MappingNode):
        return {constructed(key): constructed(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [constructed(item) for item in node.value]
    return node.value


@given(HEADERS)
def test_what_is_parsed_is_what_pyyaml_parses(header: str) -> None:
    found = parse_simple(header)
    if found is None:
        return
    node = compose(header)
    assert node is not None
    assert constructed(node) == found


@given(st.text(max_size=30), st.sampled_from(("", "'", '"')))
def test_any_value_is_what_pyyaml_parses(text: str, quote: str) -> None:
    header = f"title: {quote}{text}{quote}\n"
    found = parse_simple(header)
    if found is not None:
        node = compose(header)
        assert node is not None
        assert constructed(node) == found


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("title: A b\n", {"title": "A b"}),
        ("title: A: b\n", None),
        ("title: a:b c#d\n", {"title": "a:b c#d"}),
        ("title: a #b\n", None),
        ("title: a \n", None),
        ("title:\n", None),
        ("title: null\n", None),
        ("title: ''\n", None),
        ("title: A long\n  title, folded\n", {"title": "A long title, folded"}),
        ("title: A\n\n  b\n", None),
        ("title: 'It''s: a\n  title'\n", {"title": "It's: a title"}),
        ('title: "a \\"b\\" \\\\"\n', {"title": 'a "b" \\'}),
        ('title: "a\\u0301"\n', None),
        ("subject: [a, b-c]\n", {"subject": ["a", "b-c"]}),
        ("subject:\n- a\n- b\n", {"subject": ["a", "b"]}),
        ("subject:\n  - a\n  - b\n", {"subject": ["a", "b"]}),
        ("subject:\n - a\n  - b\n", None),
        ("subject: [a, null]\n", None),
        ("title: a\ntitle: b\n", None),
        ("title: &x a\n", None),
        ("title: |\n  a\n", None),
        ("title: a", None),
        ("", None),
    ],
)
def test_only_what_is_in_the_subset_is_parsed(
    header: str, expected: dict[str, str | list[str]] | None
) -> None:
    assert parse_simple(header) == expected


@given(HEADERS)
def test_a_document_is_loaded_alike_with_and_without_it(
    tmp_path_factory: pytest.TempPathFactory, header: str
) -> None:
    root = tmp_path_factory.getbasetemp() / "simple"
    path = root / "documents" / "x.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{header}---\n\nText.\n", "utf-8", newline="")
    ours = load_file(root, "documents/x.md")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "parse_simple", lambda _text: None)
        assert load_file(root, "documents/x.md") == ours


TITLES = (
    "Amgen sets up a laboratory",
    "Lab: a new one",
    "It's “new” — l’été, 30 % more than in 2021 (again)",
    "To protect and to serve: Patricia Blake launches 'Warriors and Heroes' " * 3,
    "To protect and to serve " * 8,
    "180M$ for C++",
)


@pytest.mark.parametrize("title", TITLES)
def test_what_add_writes_is_in_the_subset(title: str) -> None:
    document = Document(
        "x",
        title.strip(),
        "Text.",
        date="2024-03-08",
        language="en",
        subject=("amgen", "mila"),
        publisher="Amgen Canada",
        source="https://www.amgen.ca/lab?x=1#a",
        type="press-release",
    )
    header = document_file_text(document, "x").split("---\n")[1]
    found = parse_simple(header)
    assert found is not None, header
    assert found["title"] == document.title
    assert found["subject"] == list(document.subject)


def test_what_is_not_yaml_at_all_is_left_alone() -> None:
    for text in ("- {id: [}", "title: 'a\n", "\x00"):
        assert parse_simple(text) is None
        with pytest.raises(YamlSyntaxError):
            compose(text)


@pytest.mark.parametrize("piece", ["a", "a ", "a: ", "''", "\n  a", '\\"', " #", "- a\n"])
@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_no_text_takes_more_than_linear_time(piece: str, quote: str) -> None:
    # Backtracking over so many pieces would not end.
    parse_simple(f"title: {quote}a{piece * 50_000}\x07\n")
    parse_simple(f"title:\n{piece * 50_000}\x07\n")
