"""Citations in texts: each is found whatever an editor made of it, and its state is told."""

from __future__ import annotations

import importlib.util
import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import pytest

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.citations.citation import Chosen
from milatui.catalogue.citations.citation_formats import format_citation
from milatui.catalogue.citations.cite_styles import CITE_STYLES, RENDERED, CiteStyle
from milatui.catalogue.citations.find_citations import find_citations
from milatui.catalogue.citations.verifier import Status, Verdict, Verifier
from milatui.catalogue.location import Location, parse_location
from milatui.index.builder.build import build
from milatui.index.record_relations import sources_of
from tests.rounds import some

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TODAY = date(2026, 11, 28)
STYLES = tuple(
    style
    for style in CITE_STYLES
    if style not in RENDERED or importlib.util.find_spec("citeproc") is not None
)

HEAD = "title: Sample\nhome: mila\nlanguages: [en]\n"
NAMES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def body(name: str) -> str:
    return (
        f"The {name} laboratory opens in the *old* building of the town. It has 1,000 rooms.\n\n"
        f"“We are glad,” says the head of laboratory {name}; nobody had expected it -- at all.\n"
    )


class Planted(NamedTuple):
    """An archive of ten documents, five published and five briefs, and twenty citations of it."""

    folder: Path
    citations: list[str]


def write_document(folder: Path, name: str, text: str, number: int) -> None:
    original = "original: {title: The page, publisher: The town}\n" if number % 2 else ""
    header = f"---\ntitle: About {name}\npublisher: The town\nlanguage: en\n{original}---\n\n"
    (folder / "documents" / f"doc-{name}.md").write_text(header + text, encoding="utf-8")


def open_archive(folder: Path, index: str) -> Catalogue:
    build(folder, folder.parent / index)
    return Catalogue.open(folder.parent / index)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    folder = tmp_path_factory.mktemp("planted") / "archive"
    (folder / "documents").mkdir(parents=True)
    (folder / "archive.yaml").write_text(HEAD, encoding="utf-8")
    for number, name in enumerate(NAMES):
        write_document(folder, name, body(name), number)
    catalogue = open_archive(folder, "before")
    citations = []
    for number, name in enumerate(NAMES):
        passages = ["para=1&words=2-9", "para=2&words=2-9"]
        if name == "five":
            passages.pop()
        if name == "ten":
            passages.append("para=1&words=1-10")
        for passage in passages:
            location = parse_location(f"document/doc-{name}#{passage}")
            citation = catalogue.cite(location)
            assert citation is not None
            assert len(citation.words.split()) >= 8
            style: CiteStyle = "text" if number in (2, 5) else "markdown"
            citations.append(format_citation(citation, style, TODAY))
    return Planted(folder, citations)


def verdicts(catalogue: Catalogue, text: str) -> list[Verdict]:
    verifier = Verifier(catalogue.store())
    return [verifier.verify(found) for found in find_citations(text)]


def statuses(catalogue: Catalogue, text: str) -> list[Status]:
    return [verdict.status for verdict in verdicts(catalogue, text)]


def test_six_of_twenty_citations_no_longer_stand_in_four_ways(planted: Planted) -> None:
    """In its document or with it, changed here or there, gone: each is told, and no other."""
    folder = planted.folder
    text = "# A report\n\n" + "\n\nAnd then.\n\n".join(planted.citations)
    before = open_archive(folder, "before")
    assert statuses(before, text) == ["stands"] * 20

    documents = folder / "documents"
    # Moved: a paragraph before it; another id of the whole document.
    write_document(folder, "one", body("one").replace("\n\n", "\n\nAnd more.\n\n"), 0)
    (documents / "doc-two.md").rename(documents / "doc-zwei.md")
    # Changed: words of the document; words of the text.
    write_document(folder, "three", body("three").replace("old", "new"), 2)
    # Gone.
    (documents / "doc-five.md").unlink()
    text = text.replace("the head of laboratory four", "the head of the laboratory four")
    catalogue = open_archive(folder, "after")
    after = {verdict.found.address: verdict for verdict in verdicts(catalogue, text)}

    def told(status: Status) -> dict[str, str]:
        return {a: str(v.now or "") for a, v in after.items() if v.status == status}

    assert told("moved") == {
        "document/doc-one#para=2&words=2-9": "document/doc-one#para=3&words=2-9",
        "document/doc-two#para=1&words=2-9": "document/doc-zwei#para=1&words=2-9",
        "document/doc-two#para=2&words=2-9": "document/doc-zwei#para=2&words=2-9",
    }
    assert told("changed") == {
        "document/doc-three#para=1&words=2-9": "document/doc-three#para=1&words=2-9",
        "document/doc-four#para=2&words=2-9": "document/doc-four#para=2&words=3-9",
    }
    assert told("gone") == {"document/doc-five#para=1&words=2-9": ""}
    assert len(told("stands")) == 14
    four = next(v for v in after.values() if v.found.address.startswith("document/doc-four#para=2"))
    assert four.reason == "the document is the same, the words in the text differ from it"
    assert four.words == "are glad,” says the head of the laboratory four"[len("are ") :]
    assert "says the head of laboratory four" in four.nearest


def mangled(text: str) -> str:
    """What a word processor makes of a text: its quotes, spaces, hyphens and lines."""
    straight = text.replace("“", '"').replace("”", '"').replace("--", "—")
    soft = straight.replace("laboratory", "labo\u00adratory").replace("opens", "o\u00ad\npens")
    return soft.replace("old building", "old\u00a0building").replace(" of the", "\n> of the")


def french(text: str) -> str:
    return text.replace("“", "«\u202f").replace("”", "\u202f»").replace("Source:", "Source\u00a0:")


def numbered(text: str) -> str:
    """Footnotes with numbers, all at the end."""
    labels = list(dict.fromkeys(re.findall(r"\[\^([^\]]+)\](?!:)", text)))
    notes = re.findall(r"^\[\^([^\]]+)\]: (.*)$", text, re.MULTILINE)
    text = re.sub(r"^\[\^[^\]]+\]: .*\n*", "", text, flags=re.MULTILINE)
    text = re.sub(r"\[\^([^\]]+)\]", lambda m: f"[{labels.index(m[1]) + 1}]", text)
    notes.sort(key=lambda note: labels.index(note[0]))
    return text + "\n\n" + "\n".join(f"[{labels.index(one) + 1}] {words}" for one, words in notes)


def wrapped(text: str) -> str:
    """Every blank within a paragraph as a line end, addresses broken too."""
    return re.sub(r"(?<=words)=", "=\n", text.replace(" ", "\n"))


def escaped(text: str) -> str:
    return re.sub(r"([#&=_])", r"\\\1", text)


@pytest.mark.parametrize(
    "edit",
    [
        mangled,
        french,
        numbered,
        wrapped,
        escaped,
        lambda text: numbered(mangled(text)),
        lambda text: text.replace("<milatui", "milatui").replace(">, sha", ", sha"),
        lambda text: text.replace("<", "&lt;").replace(">", "&gt;").replace("&words", "&amp;words"),
        lambda text: text.replace("Source: ", ""),
        lambda text: text.replace("\n\nSource", "\nSource"),
        lambda text: text.replace("\n\nSource: ", " "),
        lambda text: re.sub(r"words=(\d+)-", r"words=\1–", text),
        lambda text: text.replace("building", "*building*"),
        lambda text: "\n".join(f"> {line}" for line in text.split("\n")),
    ],
    ids=(
        "typography",
        "french",
        "numbered",
        "wrapped",
        "escaped",
        "numbered-typography",
        "bare",
        "html",
        "unmarked",
        "next-line",
        "one-paragraph",
        "dash",
        "emphasis",
        "quoted",
    ),
)
def test_what_editors_do_to_a_text_makes_no_difference(
    planted: Planted, edit: Callable[[str], str]
) -> None:
    text = edit("A report.\n\n" + "\n\nAnd then.\n\n".join(planted.citations))
    catalogue = Catalogue.open(planted.folder.parent / "before")
    found = [(v.status, v.found.address, v.reason, v.words) for v in verdicts(catalogue, text)]
    assert [each for each in found if each[0] != "stands"] == []
    assert len(found) == 20


@pytest.mark.parametrize(
    ("cited", "status"),
    [
        ("“The one laboratory opens in the old building”", "stands"),
        ("He says “the first” and “opens in the old building of the town.”", "stands"),
        ("“opens in the building of the town”", "changed"),
        ("“The old one laboratory opens in the old building”", "changed"),
        ("“We are glad,” he calls it", "changed"),
        ("“We are glad”", "moved"),
        ("“It has 1.000 rooms”", "changed"),
        ("one laboratory opens in the old building of", "stands"),
        ("one laboratory opens in the very old building of", "changed"),
        ("“The one laboratory ‘opens’ in the “old” building”", "stands"),
        ('"The one laboratory "opens" in the old building"', "stands"),
    ],
)
def test_quotation_marks_say_what_is_cited(planted: Planted, cited: str, status: Status) -> None:
    note = "[^a]: The town. <milatui:document/doc-one#para=1&words=2-9>, sha256:0123456789ab."
    text = f"Some words.\n\nHere: {cited}.[^a] And more words.\n\n{note}\n"
    catalogue = Catalogue.open(planted.folder.parent / "before")
    assert statuses(catalogue, text) == [status]


@pytest.mark.parametrize(
    ("note", "status"),
    [
        ("milatui:document/doc-one, sha256:{digest}", "stands"),
        ("<milatui:document/doc-one>", "stands"),
        ("<milatui:document/doc-one>, sha256:0123456789ab", "changed"),
        ("<milatui:document/other>, sha256:{digest}", "moved"),
        ("<milatui:document/other>", "gone"),
        ("<milatui:partner/nobody>", "gone"),
        ("<milatui:search?q=x>", "gone"),
        ("<milatui:nothing>", "gone"),
        ("<milatui:document/doc-one#para=7&words=1-2>", "changed"),
    ],
)
def test_a_whole_is_verified_by_its_hash(planted: Planted, note: str, status: Status) -> None:
    catalogue = Catalogue.open(planted.folder.parent / "before")
    citation = catalogue.cite(parse_location("document/doc-one"))
    assert citation is not None
    text = f"See: {note.format(digest=citation.digest)}."
    assert statuses(catalogue, text) == [status]


def test_where_a_citation_is_in_a_text() -> None:
    note = "<milatui:document/a#para=1&words=1-2>, sha256:0123456789ab"
    text = f"First.\n\nTwo words[^x] and two words[^x].\n\n[^x]: {note}\n\nSource: {note}\n"
    found = [(each.line, each.column, each.digest) for each in find_citations(text)]
    assert found == [(3, 10, "0123456789ab"), (3, 28, "0123456789ab"), (7, 9, "0123456789ab")]


@pytest.fixture(scope="module")
def shipped(shipped_index: Path) -> Catalogue:
    return Catalogue.open(shipped_index)


@pytest.mark.parametrize("share", some(range(120), 1))
def test_every_source_of_the_shipped_archive_stands_in_every_format(
    shipped: Catalogue, share: int
) -> None:
    verifier = Verifier(shipped.store())
    count = 0
    for location, chosen in list(_sources(shipped))[share::120]:
        citation = shipped.cite(location, chosen)
        assert citation is not None
        assert citation.words
        for style in STYLES:
            count += 1
            text = format_citation(citation, style, TODAY)
            (found,) = find_citations(text if style == "csl-json" else f"Before.\n\n{text}\n")
            verdict = verifier.verify(found)
            assert verdict.status == "stands", (location, style, verdict)
            assert verdict.now == citation.location
    assert count > 10 * len(STYLES)


def _sources(catalogue: Catalogue) -> Iterator[tuple[Location, Chosen]]:
    """Yields every source of an archive: the record that has it, and the words it quotes."""
    for number in range(catalogue.size):
        row = catalogue.row(number)
        for source in sources_of(catalogue.record(row.kind, row.id)):
            yield Location(row.kind, row.id), Chosen(source.exact, None, False)
