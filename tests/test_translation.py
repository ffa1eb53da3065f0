"""The French texts are whole and in step with the source, and no text goes round them."""

from __future__ import annotations

import ast
import re
import string
from gettext import GNUTranslations
from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.labels.dates import date_width, format_date, format_since, format_until
from milatui.catalogue.labels.labels import count_label, format_value
from milatui.cli import commands
from milatui.cli.main import main
from milatui.i18n import set_language
from tests.translation import KEYWORDS, MO, SOURCE, extracted, forms, translated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from babel.messages.catalog import Message

_WIDTH = 100
"""Columns a line of help may take: what argparse does not wrap is kept short by hand."""
_PERCENT = re.compile(r"%(?:\(\w+\))?[a-z]")
_UNSPACED = re.compile(r"[^\u00a0][;!?](?=\s|$|\))|[^\u00a0]:(?=\s|$)|« | »")
"""French signs without their no-break space, but where they belong to a format (``key: value``)."""
_FORMATS = ("clé: valeur", "{file}:{line}:")
_PROSE = re.compile(r"[A-Za-z’']{2,}[,:;]? [a-zA-Z]{2,}")
_CODE = re.compile(r"^(milatui|curl|import) |^milatui: $|[|$]|\{ ")
"""Command lines, types and styles."""
_WORD = re.compile(r"[A-Za-z]{4,}")
_TRANSLATED = ("_", "ngettext", "pgettext")
_SHOWN = {"print", "say", "notify", "line", "heading", "message_page", "Piece"} | {
    "YamlSyntaxError", "CommandError", "ArchiveError", "DateError", "LocationError", "SettingError"
}  # fmt: skip
"""What shows its first argument to users, or carries it to what does."""
_LABELS = {"help", "title", "description", "tooltip", "placeholder", "hint"}

UNTRANSLATED = {
    # Files that are written for somebody's own archive or server, explained in English.
    "cli/starter.py", "ssh/howto.py", "ssh/launcher.py", "ssh/server.py", "ssh/units.py",
    "ssh/scripts.py",
    # The list of attacks: a record of a test, read beside the documentation it is copied into.
    "ssh/asking.py", "ssh/attack.py", "ssh/forwarding.py", "ssh/keystrokes.py", "ssh/login.py",
    "ssh/channels.py", "ssh/replies.py", "ssh/variables.py", "ssh/account.py",
    # What the warm process and its clients say to each other; no visitor sees it.
    "ssh/protocol.py", "ssh/request.py",
    # What only who programs with the codec or the searcher can do wrong.
    "index/search/index_arrays.py",
    # Words of texts and queries, in both languages.
    "catalogue/search/query_help.py",
    "catalogue/search/date_ranges.py",
    "index/analysis/stopwords.py", "index/query/fields.py",
    # Tables and patterns of characters.
    "index/analysis/characters.py", "index/analysis/tokenizer.py",
    "ingest/detect.py",
    # Keys and types, written as one text.
    "archive/serialize.py", "archive/schema.py",
}  # fmt: skip
"""Modules whose texts are no part of the interface."""
_FOR_PROGRAMMERS = "index/codec/"
"""Packages whose messages only who programs with them can see."""

INTERNAL = {
    # Words programs exchange.
    "not trusted", "foreign version", "dict[str, Data]", "file name", "last year", "end of stream",
    "sq ft",
    "general knowledge",
    "  id title text date language publisher source",
    # What the visitor of a public login never sees: the request is refused without a word.
    "no terminal of that name", "unknown colours or language", "no terminal", "not a request",
    "a stranger",
    "the terminal is gone",
    # States of a watch.
    "go on", "warn of the idle end", "warn of the end of the session", "end, idle",
    "end, long enough",
}  # fmt: skip
"""Texts of several words that no user reads."""


def test_every_message_is_translated_and_none_is_left_over() -> None:
    wanted = {(message.context, forms(message.id)) for message in extracted() if message.id}
    known = {(message.context, forms(message.id)) for message in translated() if message.id}
    assert known == wanted, "run: python -m tests.translation"
    assert [m.id for m in translated() if m.id and not all(forms(m.string))] == []
    assert [m.id for m in translated() if m.id and m.fuzzy] == []
    assert not translated().obsolete


def test_the_compiled_texts_are_those_of_the_po_file() -> None:
    with MO.open("rb") as file:
        compiled = GNUTranslations(file)
    found = 0
    for message in _messages():
        for number, text in enumerate(forms(message.string)):
            assert _compiled(compiled, message, number) == text, "run: python -m tests.translation"
            found += 1
    held = [key for key in vars(compiled)["_catalog"] if key]
    assert len(held) == found


def _compiled(compiled: GNUTranslations, message: Message, number: int) -> str:
    """The form for 1 (``number`` 0) or for 2 of a compiled message."""
    texts = forms(message.id)
    if len(texts) == 2:
        return compiled.ngettext(texts[0], texts[1], number + 1)
    return compiled.pgettext(message.context, texts[0]) if message.context else compiled.gettext(
        texts[0]
    )  # fmt: skip


def test_translations_fill_the_same_places() -> None:
    for message in _messages():
        wanted = _places(forms(message.id)[-1])
        for text in forms(message.string):
            assert _places(text) == wanted, message.id


def _places(text: str) -> list[str]:
    if _PERCENT.search(text):
        return sorted(_PERCENT.findall(text))
    try:
        return sorted(f"{name}:{spec}" for _t, name, spec, _c in string.Formatter().parse(text)
                      if name is not None)  # fmt: skip
    except ValueError:
        return ["not a format"]


def test_translations_keep_to_french_typography() -> None:
    for message in _messages():
        for text in forms(message.string):
            assert "'" not in text, text
            assert '"' not in text or '"' in forms(message.id)[0], text
            assert "“" not in text, text
            words = text
            for form in _FORMATS:
                words = words.replace(form, "")
            assert not _UNSPACED.search(words), text
            stops = text.endswith(".") and not text.endswith(" déc.")
            assert stops == forms(message.id)[0].endswith("."), text


@pytest.fixture
def _french() -> Iterator[None]:
    set_language("fr")
    yield
    set_language("en")


@pytest.mark.usefixtures("_french")
@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2023-01-18", "18 janv. 2023"),
        ("2021-05-01", "1er mai 2021"),
        ("2021-08", "août 2021"),
        ("2021-23", "automne 2021"),
        ("2021-33", "1er trimestre 2021"),
        ("2014~", "v. 2014"),
        ("2021?", "2021?"),
        ("2020/..", "2020–"),
        ("202X", "années 2020"),
    ],
)
def test_dates_in_french(date: str, words: str) -> None:
    assert format_date(date) == words
    assert len(format_date("2026-07-01")) <= date_width()


@pytest.mark.usefixtures("_french")
def test_numbers_ranges_and_units_in_french() -> None:
    assert format_value("4500000", "about", "CAD") == "environ 4\u202f500\u202f000\u00a0CAD"
    assert format_value("-0.5", "", "percent") == "-0,5\u00a0%"
    assert format_value("900", "nearly", "people") == "près de 900 personnes"
    assert count_label("event", 0) == "0 événement"
    assert format_since("2021-03") == "depuis mars 2021"
    assert format_since("2021-03-16") == "depuis le 16 mars 2021"
    assert format_until("2023") == "jusqu’en 2023"
    assert format_until("2023-12-01") == "jusqu’au 1er déc. 2023"


@pytest.mark.parametrize("command", ["", *commands.COMMANDS])
def test_help_in_french_fits(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        assert main(["--lang", "fr", *([command] if command else []), "--help"]) == 0
    finally:
        set_language("en")
    text = capsys.readouterr().out
    assert "Options communes\u00a0:" in text
    assert "arguments:" not in text
    assert max(map(len, text.splitlines())) <= _WIDTH


def _messages() -> list[Message]:
    return [message for message in translated() if message.id]


def _modules() -> list[Path]:
    names = {path: path.relative_to(SOURCE).as_posix() for path in sorted(SOURCE.rglob("*.py"))}
    assert set(names.values()) >= UNTRANSLATED
    return [
        path
        for path, name in names.items()
        if name not in UNTRANSLATED and not name.startswith(_FOR_PROGRAMMERS)
    ]


@pytest.mark.parametrize("path", _modules(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_text_goes_round_the_translation(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert list(untranslated(tree)) == []


@pytest.mark.parametrize("path", _modules(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_text_is_hidden_in_another(path: Path) -> None:
    """What stands in an f-string is not found by Babel on Python 3.11."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    strings = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    calls = [node for string in strings for node in ast.walk(string) if isinstance(node, ast.Call)]
    names = {call.func.id for call in calls if isinstance(call.func, ast.Name)}
    assert not names & set(KEYWORDS)


def test_the_search_for_such_texts_finds_them() -> None:
    source = "print(f'gone: {x}')\np.add(help='words')\nraise E('it is not so')\nprint(_('fine'))"
    assert [line for line, _text in untranslated(ast.parse(source))] == [1, 2, 3]


def untranslated(node: ast.AST, shown: bool = False) -> Iterator[tuple[int, str]]:
    """Lines and texts of ``node`` that look as if a user read them; ``shown``: surely does."""
    if isinstance(node, ast.Call):
        yield from _of_call(node, shown)
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    if isinstance(node, ast.AnnAssign):
        yield from untranslated(node.value) if node.value else ()
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = node.value
        marked = (_WORD if shown else _PROSE).search(text)
        if marked and text not in INTERNAL and not _CODE.search(text):
            yield node.lineno, text
    if isinstance(node, ast.Dict):
        for value in node.values:
            yield from untranslated(value)
        return
    inside = isinstance(node, ast.JoinedStr | ast.BinOp | ast.IfExp)
    for child in ast.iter_child_nodes(node):
        yield from untranslated(child, shown and inside)


def _of_call(call: ast.Call, shown: bool) -> Iterator[tuple[int, str]]:
    name = _name(call.func)
    if name in _TRANSLATED or (name == "compile" and _name(call.func, 1) == "re"):
        return
    yield from untranslated(call.func)
    for place, argument in enumerate(call.args):
        yield from untranslated(argument, place == 0 and name in _SHOWN)
    for keyword in call.keywords:
        yield from untranslated(keyword.value, keyword.arg in _LABELS)


def _name(function: ast.expr, up: int = 0) -> str:
    """The last name of what is called, or the name it belongs to (``up`` 1)."""
    if isinstance(function, ast.Attribute):
        return _name(function.value) if up else function.attr
    return function.id if isinstance(function, ast.Name) and not up else ""
