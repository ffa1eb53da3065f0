"""DOCX files: title, headings, lists, tables, links, notes; what does not count."""

from __future__ import annotations

from milatui.ingest.conversion.docx.text import convert_docx
from tests.ingest.conversion.docx_builder import (
    NUMBERING,
    PACKAGE,
    STYLES,
    docx,
    docx_of,
    paragraph,
    part,
    run,
    styled,
)

LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def _item(text: str, number: int, level: int = 0) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(run(text), properties)


def _table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(run(c)) if c else ''}</w:tc>" for c in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def _body(inner: str) -> str:
    return convert_docx(docx(inner, styles=STYLES, numbering=NUMBERING)).body


def test_title_date_and_headings() -> None:
    document = convert_docx(
        docx(
            styled("A laboratory", "Title")
            + styled("opens", "Title")
            + paragraph(run("March 5, 2024", "<w:b/>"))
            + styled("Contents", "TOC1")
            + styled("Aims", "Heading1")
            + styled("Means", "Titre2")
            + styled("Words", "Quote"),
            styles=STYLES,
        )
    )
    assert document.values["title"] == ("A laboratory opens", "title")
    assert document.date_lines == ("March 5, 2024",)
    assert document.body == "**March 5, 2024**\n\n## Aims\n\n### Means\n\n> Words"


def test_a_title_without_a_style_is_the_large_or_bold_line() -> None:
    text = paragraph(run("An ordinary paragraph of text. " * 15, '<w:sz w:val="22"/>'))
    large = paragraph(run("A laboratory opens", '<w:sz w:val="36"/>'))
    label = paragraph(run("For immediate release:", "<w:b/>"))
    bold = paragraph(run("A laboratory opens", "<w:b/>"))
    for head in (large, label + bold, label + large + bold):
        assert convert_docx(docx(head + text)).values["title"].value == "A laboratory opens"
    assert not convert_docx(docx(text)).values


def test_lists_and_tables() -> None:
    assert _body(
        _item("a", 1)
        + _item("b", 1, 1)
        + _item("c", 1)
        + paragraph(run("text"))
        + _item("d", 2)
        + _item("e", 2)
        + _table(("A", "B|C"), ("1", ""))
        + _table(("only one",))
    ) == (
        "- a\n    - b\n- c\n\ntext\n\n1. d\n2. e\n\n| A | B\\|C |\n| --- | --- |\n| 1 |  |\n\n"
        "only one"
    )


def test_links_emphasis_and_notes() -> None:
    inner = paragraph(
        run("See ")
        + f'<w:hyperlink r:id="r1">{run("the page")}</w:hyperlink>'
        + run(" of ")
        + run("Mila", "<w:b/>")
        + run("plain", '<w:b w:val="0"/>')
        + '<w:r><w:footnoteReference w:id="2"/></w:r>'
    )
    note = part("footnotes", f'<w:footnote w:id="2">{paragraph(run("A note"))}</w:footnote>')
    relations = (
        f'<Relationships {PACKAGE}><Relationship Id="r1" Type="{LINK}" TargetMode="External"'
        ' Target="https://e.org/"/></Relationships>'
    )
    data = docx_of(
        {"document": part("document", inner), "footnotes": note},
        **{"word___rels__document.xml.rels": relations},
    )
    expected = "See [the page](https://e.org/) of **Mila** plain[^f2]\n\n[^f2]: A note"
    assert convert_docx(data).body in (expected, expected.replace("** plain", "**plain"))


def test_what_does_not_count() -> None:
    assert (
        _body(
            paragraph(
                run("kept")
                + "<w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>"
                + f"<w:moveFrom>{run('moved')}</w:moveFrom>"
                + run(" hidden", "<w:vanish/>")
                + "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>"
                + f"<w:ins>{run(' and added')}</w:ins>"
            )
        )
        == "kept and added"
    )


def test_signs_of_markdown_and_breaks() -> None:
    text = paragraph(
        run("1. *a*") + "<w:r><w:br/></w:r>" + run("# b") + "<w:r><w:tab/></w:r>" + run("c")
    )
    assert _body(text) == "1\\. \\*a\\*\\\n\\# b c"
