"""What people do with the program, key by key, at the sizes they have."""

from __future__ import annotations

import re

import pytest

from milatui.tui.theme.theme import DARK
from tests.program.conftest import Folders
from tests.program.starting import explorer, lit_words, wait_until_lit
from tests.rounds import some, with_ci

SIZES = ((60, 20), (80, 24), (120, 40), (200, 60))
LABORATORY = "Amgen is setting up a corporate laboratory in the headquarters of Mila"
CURSOR = DARK.cursor.lstrip("#")


@pytest.mark.parametrize("size", some(SIZES, 1, 2))
def test_amgen_its_first_event_the_lit_words_and_back(
    indexed: Folders, size: tuple[int, int]
) -> None:
    with explorer(indexed, size=size) as terminal:
        terminal.wait_for("Inria")
        terminal.send("f")
        terminal.wait_for("↓ choose|Esc leave|filter…")
        terminal.send("amgen")
        terminal.wait_for(" 2 of 152")
        terminal.send("enter")
        terminal.wait_for("Amgen ×")
        terminal.wait_for("16 Mar 2021|16 Mar ")
        terminal.send("end")
        terminal.wait_until(
            lambda: "16 Mar" in terminal.on_background({CURSOR}), "the cursor on the first event"
        )
        terminal.send("enter")
        terminal.wait_for("Amgen enters a multi-year|Amgen enters a")
        wait_until_lit(terminal, "16 March 2021")
        terminal.send("[")
        terminal.wait_until(
            lambda: "16 Mar" in terminal.on_background({CURSOR}), "the cursor where it was"
        )
        terminal.send("x")
        terminal.wait_until(lambda: "Amgen ×" not in terminal.text, "the whole archive")
        terminal.send("q")
        assert terminal.wait_exit() == 0


def test_search_while_typing_then_through_the_lit_words(indexed: Folders) -> None:
    with explorer(indexed, size=(120, 40)) as terminal:
        terminal.wait_for("Inria")
        terminal.send("/", "corporate")
        terminal.wait_for(r"\d+ found")
        wide = _found(terminal.text)
        terminal.send(" lab")
        terminal.wait_for("› corporate lab")
        # Every record with either word is an answer: more words never empty a list.
        terminal.wait_until(lambda: _found(terminal.text) > wide, "more records found")
        terminal.send("enter")
        # Open at the words that prove it; then past the last that are lit, round to the first.
        terminal.wait_for(r"4 Reader ━.* ([2-9]|\d\d+) of \d+ ━━$")
        wait_until_lit(terminal, "corporate lab")
        place, lit = _place(terminal.text)
        terminal.send(*["n"] * (lit - place + 1))
        terminal.wait_for(f"4 Reader ━.* 1 of {lit} ━━$")
        terminal.send("n", "n", "N")
        terminal.wait_for(f"4 Reader ━.* 2 of {lit} ━━$")
        terminal.send("z")
        terminal.wait_for("^▌ 1 Partners  2 Timeline  3 Search  4 Reader ━+ .* ━━$")
        terminal.send("z")
        terminal.wait_for("^─ 1 Partners ─")


@pytest.mark.parametrize("search", with_ci(["walrus", "deep genomics"], ["ugur gunaydin"]))
def test_enter_right_behind_the_words_opens_what_they_find(indexed: Folders, search: str) -> None:
    with explorer(indexed, size=(60, 20)) as terminal:
        terminal.wait_for("Inria")
        # In one go, as a paste or a fast typist sends it: nothing may be overtaken.
        terminal.send(f"/{search}\r")
        wanted = search.split()[-1]
        if wanted == "walrus":
            terminal.wait_for("Nothing found|nothing to open")
        else:
            wait_until_lit(terminal, wanted.capitalize())


def test_the_list_of_commands_takes_what_is_typed_in_one_go(indexed: Folders) -> None:
    with explorer(indexed, size=(120, 40)) as terminal:
        terminal.wait_for("Inria")
        terminal.send("\x10all keys\r\r\r")
        terminal.wait_for("Keys ── Esc closes")
        # The field has the keys of text; those of the page turn it, up to its last lines.
        terminal.send(*["pgdn"] * 9)
        terminal.wait_for("keymap.toml changes a key")
        terminal.send("esc")
        terminal.wait_until(lambda: "Esc closes" not in terminal.text, "the sheet gone")
        terminal.send("\x10quit\r")
        assert terminal.wait_exit() == 0


def _place(text: str) -> tuple[int, int]:
    """Which of the lit words the reader's title says it stands at, and how many there are."""
    title = re.search(r"4 Reader ━.* (\d+) of (\d+) ━━$", text, re.MULTILINE)
    assert title is not None, text
    return int(title[1]), int(title[2])


def _found(text: str) -> int:
    """How many records the title of the search pane says were found."""
    before = text.partition(" found")[0]
    return int(before.rpartition(" ")[2].replace(",", "").replace("\N{NO-BREAK SPACE}", ""))


def test_letters_typed_are_text_and_escape_is_not_needed(indexed: Folders) -> None:
    with explorer(indexed) as terminal:
        terminal.wait_for("Inria")
        terminal.send("/", "qqzz?")
        terminal.wait_for("Nothing found for|qqzz")
        assert terminal.process.poll() is None
        terminal.send("tab", "1")
        terminal.wait_for("No partner in this scope|Inria")


@pytest.mark.parametrize("how", with_ci(["locale"], ["--lang"]))
def test_french(indexed: Folders, how: str) -> None:
    words = ("--lang", "fr") if how == "--lang" else ()
    env = indexed if how == "--lang" else indexed | {"LC_ALL": "", "LANG": "fr_CA.UTF-8"}
    with explorer(env, *words, size=(120, 40)) as terminal:
        shown = terminal.wait_for("Inria")
        for word in ("1 Partenaires", "2 Chronologie", "4 Lecteur", "Dans ces archives|événements"):
            terminal.wait_for(word)
        assert "Partners" not in shown
        terminal.send("/", "laboratoire")
        terminal.wait_for("trouvé")
        terminal.send("enter")
        terminal.wait_until(lambda: "labo" in lit_words(terminal).lower(), "labo… lit")
        terminal.send("esc", "?")
        terminal.wait_for("Touches ── Échap ferme")
        # What is typed on the sheet filters it.
        terminal.send("quitter")
        terminal.wait_for("› quitter")
        terminal.send("esc")
        terminal.wait_until(lambda: "Touches" not in terminal.text, "the sheet gone")
        terminal.send("q")
        assert terminal.wait_exit() == 0


def test_the_terminal_changes_its_size_while_the_program_runs(indexed: Folders) -> None:
    with explorer(indexed, size=(120, 40)) as terminal:
        terminal.wait_for("Inria")
        terminal.send("/", "amgen", "enter")
        wait_until_lit(terminal, "Amgen")
        for columns, rows in ((60, 20), (200, 60), (20, 6), (1, 1), (80, 24), (120, 40)):
            terminal.resize(columns, rows)
            if rows > 6:
                terminal.wait_until(
                    lambda size=(columns, rows): _fills(terminal.text, *size),  # type: ignore[misc]
                    f"a picture of {columns}x{rows}",
                )
        terminal.wait_for("4 Reader")
        terminal.wait_for("^─ 1 Partners ─.*4 Reader ━")
        terminal.wait_for("^─ 2 Timeline ─")
        wait_until_lit(terminal, "Amgen")
        terminal.send("q")
        assert terminal.wait_exit() == 0


def _fills(text: str, columns: int, rows: int) -> bool:
    """Whether a pane's title reaches the right edge, nothing more, and the last line holds keys."""
    lines = text.splitlines()
    titles = [line for line in lines[:-1] if line.endswith(("─", "━"))]
    last = lines[rows - 1] if len(lines) >= rows else ""
    return (
        max(map(len, lines), default=0) == columns
        and any(len(title) == columns for title in titles)
        and "Enter" in last
    )


def test_sixty_columns_show_one_pane_at_a_time(indexed: Folders) -> None:
    with explorer(indexed, size=(60, 20)) as terminal:
        terminal.wait_for("Inria")
        for key, pane in (
            ("2", "2026 ─"),
            ("3", "search all records|news "),
            ("4", "mila.quebec/en/news"),  # what the cursor of the list stands on
        ):
            terminal.send(key)
            shown = terminal.wait_for(pane)
            assert max(map(len, shown.splitlines())) <= 60
        terminal.send("1")
        terminal.wait_for("Inria")


def test_a_location_opens_at_once(indexed: Folders) -> None:
    with explorer(indexed, "event/amgen-lab-2023") as terminal:
        # The archive's own id, so that a renamed record shows here.
        shown = terminal.wait_for("Not found|corporate laboratory|Amgen")
        assert "Not found" in shown or "Amgen" in shown
