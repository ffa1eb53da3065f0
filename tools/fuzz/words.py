"""Fuzz targets that read queries, settings, and the bytes of terminals and sockets."""

from __future__ import annotations

import contextlib
import tempfile
from functools import cache
from pathlib import Path
from typing import get_args

from milatui.archive.markdown.markdown import render_markdown
from milatui.archive.sanitize import sanitize
from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.citations.find_citations import Paragraphs, find_citations
from milatui.catalogue.citations.verifier import STATUSES, Verifier
from milatui.catalogue.location import Location, LocationError, parse_location
from milatui.catalogue.pages.builder import PageBuilder
from milatui.catalogue.saved_searches import SearchStore
from milatui.catalogue.scope import Scope
from milatui.catalogue.search.highlight import best_snippet, find_matches
from milatui.index.analysis.tokenizer import tokenize, words
from milatui.index.builder.build import build
from milatui.index.query.parser import parse
from milatui.ssh.prefork.handshake import decode_exit
from milatui.ssh.prefork.request import RequestError, decode_request
from milatui.tui.actions import actions
from milatui.tui.keymap import read_keymap
from milatui.tui.terminal.driver import HardenedParser
from milatui.tui.terminal.input_filter import PASTE_LIMIT, InputFilter
from milatui.tui.text.cells import width
from milatui.tui.text.wrap import wrap_page
from tests.sample import write_sample
from tools.fuzz.mutation import Target


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


@cache
def _folder() -> tuple[tempfile.TemporaryDirectory[str], Path]:
    kept = tempfile.TemporaryDirectory(prefix="milatui-fuzz-")
    return kept, Path(kept.name)


@cache
def _catalogue() -> Catalogue:
    root = write_sample(_folder()[1] / "archive")
    build(root, root.parent / "index")
    return Catalogue.open(root.parent / "index")


def query(data: bytes) -> None:
    """Parses a query: its warnings point into it."""
    text = _text(data)
    for typing in (False, True):
        for warning in parse(text, typing=typing).warnings:
            assert 0 <= warning.start < warning.end <= len(text), warning
    for token in tokenize(text):
        assert 0 <= token.start <= token.end <= len(text), token
        assert token.word
    words(text)


def search(data: bytes) -> None:
    """Searches a small archive for a query."""
    text = _text(data[1:])
    answer = _catalogue().search(text, Scope(), limit=5, typing=bool(data[:1] > b"\x7f"))
    assert answer.total >= len(answer.hits) - answer.related
    for hit in answer.hits:
        for start, end in hit.snippet.highlights:
            assert 0 <= start < end <= len(hit.snippet.text)


def location(data: bytes) -> None:
    """Parses a location: its text form is parsed to the same location."""
    with contextlib.suppress(LocationError):
        found = parse_location(_text(data))
        assert parse_location(str(found)) == found
        assert str(found).isprintable()
        str(found.origin)
        found.scope.chips()


def keymap(data: bytes) -> None:
    """Reads ``keymap.toml``."""
    path = _folder()[1] / "keymap.toml"
    path.write_bytes(data)
    for error in read_keymap(path, actions()).errors:
        assert isinstance(error, str)


def saved_searches(data: bytes) -> None:
    """Reads the search history and the saved searches."""
    folder = _folder()[1]
    for name in ("history.jsonl", "searches.json"):
        (folder / name).write_bytes(data)
    store = SearchStore(folder)
    for place in (*store.history(), *store.saved().values()):
        assert place.view == "search"
    store.add_to_history(Location("search", params=(("q", "a"),)))
    store.save("n", Location("search", params=(("q", "a"),)))
    assert store.saved()["n"].get("q") == "a"


def page(data: bytes) -> None:
    """Makes a page of a body: sanitized, spans inside the text, wrapped without loss."""
    writer = PageBuilder()
    rendered = render_markdown(_text(data))
    writer.write_rendered(rendered)
    focus = max(rendered.paragraphs, default=0)
    found = writer.build(Location("document", "d"), "", focus=focus)
    size = len(found.text)
    assert sanitize(found.text) == found.text
    assert 0 <= found.focus <= size
    marked = [
        *((span.start, span.end) for span in found.spans),
        *((link.start, link.end) for link in found.links),
        *((indent.start, indent.end) for indent in found.indents),
    ]
    for start, end in marked:
        assert 0 <= start < end <= size + 1
    for cells in (7, 40):
        end = 0
        for start, stop, indent in wrap_page(found, cells):
            assert not found.text[end:start].strip(), (cells, end, start)
            assert 0 <= indent <= cells // 2
            end = stop
        assert not found.text[end:].strip()


def wrapping(data: bytes) -> None:
    """Wraps any text: no line is wider than the column."""
    writer = PageBuilder()
    writer.write_clean(sanitize(_text(data)).replace("\t", " "))
    found = writer.build(Location("document", "d"), "")
    for start, stop, _indent in wrap_page(found, 9):
        assert width(found.text[start:stop].rstrip()) <= 9, found.text[start:stop]


def snippet(data: bytes) -> None:
    """Makes a snippet: its highlights are the words of the query."""
    asked, _nul, text = _text(data).partition("\0")
    sought = tuple(words(asked))[:6]
    whole = sanitize(text)
    for start, end, _term in find_matches(whole, sought):
        assert 0 <= start < end <= len(whole)
    piece, lit = best_snippet([whole], sought, 60)
    assert list(lit) == sorted(lit)
    for start, end in lit:
        assert 0 <= start < end <= len(piece)
        assert piece[start:end].strip()


def terminal(data: bytes) -> None:
    """Parses terminal input in pieces, with pauses at 0xF8."""
    now = [0.0]
    input_filter, parser = InputFilter(lambda: now[0]), HardenedParser()
    for part in data.split(b"\xf8"):
        for at in range(0, len(part), 7):
            text = input_filter.feed(part[at : at + 7])
            text.encode()
            assert len(text) <= 2 * PASTE_LIMIT
            list(parser.feed(text) if text else ())
            list(parser.tick())
        now[0] += 0.6
        text = input_filter.on_pause()
        list(parser.feed(text) if text else ())
    now[0] += 10
    input_filter.on_pause()
    now[0] += 10
    assert input_filter.feed(b"q").endswith("q")


def request(data: bytes) -> None:
    """Parses requests and exit messages of the preloaded server."""
    end = decode_exit(data)
    assert end is None or end[0] >= 0
    with contextlib.suppress(RequestError):
        found = decode_request(data)
        assert decode_request(found.encode()) == found
        assert found.term.isprintable()


def citations(data: bytes) -> None:
    """Finds the citations of a text and verifies them: all that is told is sanitized."""
    text = _text(data).replace("\r", "\n")
    verifier = Verifier(_catalogue().store())
    for paragraphs in get_args(Paragraphs):
        for found in find_citations(text, paragraphs):
            assert 1 <= found.line <= text.count("\n") + 1
            assert found.column >= 1
            assert all(0 <= start <= end <= len(found.text) for start, end, _ in found.regions)
            verdict = verifier.verify(found)
            assert verdict.status in STATUSES
            for told in (verdict.words, verdict.nearest):
                assert sanitize(told, multiline=False) == told


TARGETS: dict[str, tuple[Target, tuple[bytes, ...]]] = {
    "query": (
        query,
        (
            b'mila -"open lab" OR (near/5 title:"a b") +must l\xe2\x80\x99institut $180M 1,000',
            b'a near/3 b /re.*x/ date:2021 NOT (x AND y) lang:fr "',
        ),
    ),
    "search": (
        search,
        (
            b"\0mila -amgen OR (denso AND lab*) partner:amgen",
            b'\xff"corporate laboratory" near/5 /rob.*/ date:2021/2023 kind:grant lang:fr',
            b'\0measure:people said-by:yoshua-bengio title:x person:y date:"last year"',
        ),
    ),
    "location": (
        location,
        (b"partner/amgen#para=3", b"search?q=a+b&from=2021&kind=event,x", b"milatui:event/%20%ff"),
    ),
    "keymap": (
        keymap,
        (b'[keys]\n"open.back" = "b,alt+left"\n', b'[keys]\nquit = "ctrl+x"\nx = 1\n[a.b]\n'),
    ),
    "saved_searches": (
        saved_searches,
        (b'"search?q=a"\n"search?q=b&from=2021"\n', b'{"n": "search?q=a", "m": 1}', b"[[[]]]"),
    ),
    "page": (
        page,
        (
            b"# H\n\nA *b* **c** `d` [e](https://x.example/(a)) <https://y.example>\n\n- i\n  j\n\n"
            b"> q\n\n```\ncode\n```\n\n| a | b |\n|---|---|\n| c |\n\nT\n===\n\n---\nh  \nbreak\n",
            b"1. a\n2) b\n\n~~~~\nx\n~~~\n~~~~\n_e_ __s__ \\* https://z.example.\n\tt\n",
        ),
    ),
    "wrapping": (
        wrapping,
        ("a 東京都庁 e\u0301\u0301 👩‍👩‍👧 word".encode(), b"aaaaaaaaaaaaaaaaaaaa b\n c"),
    ),
    "snippet": (
        snippet,
        (
            "labo institut 1000\0L’institut. 1,000 laboratoires! Été œuvre STRASSE straße".encode(),
            b"a\0" + b"a b c d. " * 20,
        ),
    ),
    "citations": (
        citations,
        (
            "“unlike anything elsewhere”[^a-1], and «\u202fone\u202f».²\n\n[^a-1]: “T”,"
            " <milatui:document/amgen-lab#para=3&words=9-11>, sha256:7bd69a4ef182.\n\n² A."
            " milatui:document/about#para=1&words=1-1, sha256:2c8d8aa7de48".encode(),
            "a corporate laboratory in the Mila buil\u00adding\n\nSource: x,\n> &lt;milatui:"
            "document/amgen-lab#\npara=1&amp;words=5–11&gt;, sha256: 0123456789ab".encode(),
            b'[{"note": "<milatui:document/amgen-lab#para=1&words=5-6>", "annote": "x"}]',
        ),
    ),
    "terminal": (
        terminal,
        (
            b"jk\x1b[A\x1b[200~paste\x1b[201~\x1b[<0;5;5M\x1b[<0;5;5m",
            b"\x1b[97;5u\x1b[48;24;80;0;0t\x1b[?2026;2$y\x1b[I\xc3\xa9\xf8\x1b\xf8\x1bOP\x1b[1;5D",
        ),
    ),
    "request": (
        request,
        (b"xterm-256color\ttruecolor\ten\tkept", b"xterm\t\tfr\tgiven up", b"0 bye\n", b"75 \n"),
    ),
}
