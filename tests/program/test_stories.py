"""What people do with the program, key by key, at the sizes they have."""

from __future__ import annotations

import pytest

from milatui.tui.theme.theme import DARK
from tests.program.conftest import Folders
from tests.program.starting import explorer, lit_words, wait_until_lit
from tests.rounds import some

SIZES = ((60, 20), (80, 24), (120, 40), (200, 60))
LABORATORY = "Amgen is setting up a corporate laboratory in the headquarters of Mila"
CURSOR = DARK.cursor.lstrip("#")


@pytest.mark.parametrize("size", some(SIZES, 2))
def test_amgen_its_first_event_the_lit_words_and_back(
    indexed: Folders, size: tuple[int, int]
) -> None:
    with explorer(indexed, size=size) as terminal:
        terminal.wait_for("Inria")
        terminal.send("f")
        terminal.wait_for("↓ choose|Esc leave|filter…")
        terminal.send("amgen")
        terminal.wait_for("1 Partners .*─ 2 · newest|─ 2 · newest")
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
        # Open at the words that prove it, here the last that are lit; then round to the first.
        terminal.wait_for(r"(\d+) of \1 ─╯$")
        wait_until_lit(terminal, "lab")
        terminal.send("n")
        terminal.wait_for(r" 1 of ([2-9]|\d\d+) ─╯$")
        terminal.send("n", "n", "N")
        terminal.wait_for(r" 2 of \d+ ─╯$")
        terminal.send("z")
        terminal.wait_for("^╭ 1 Partners  2 Timeline  3 Search  4 Reader ─+╮$")
        terminal.send("z")
        terminal.wait_for("^╭ 1 Partners ─")


def test_enter_right_behind_the_words_opens_what_they_find(indexed: Folders) -> None:
    for search in ("/walrus\r", "/deep genomics\r", "/ugur gunaydin\r"):
        with explorer(indexed, size=(60, 20)) as terminal:
            terminal.wait_for("Inria")
            # In one go, as a paste or a fast typist sends it: nothing may be overtaken.
            terminal.send(search)
            wanted = search[1:-1].split()[-1]
            if wanted == "walrus":
                terminal.wait_for("Nothing found|nothing to open")
            else:
                wait_until_lit(terminal, wanted.capitalize())


def test_the_list_of_commands_takes_what_is_typed_in_one_go(indexed: Folders) -> None:
    with explorer(indexed, size=(120, 40)) as terminal:
        terminal.wait_for("Inria")
        terminal.send("\x10all keys\r\r\r")
        terminal.wait_for("keymap.toml changes a key")
        terminal.send("\x10quit\r")
        assert terminal.wait_exit() == 0


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
        terminal.wait_for("Inria")


@pytest.mark.parametrize("how", ["--lang", "locale"])
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
        terminal.wait_for("Touches")
        terminal.send("esc")  # its field takes letters
        terminal.wait_until(lambda: "Touches ──" not in terminal.text, "the help closed")
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
        terminal.wait_for("1 Partners.*2 Timeline.*4 Reader")
        wait_until_lit(terminal, "Amgen")
        terminal.send("q")
        assert terminal.wait_exit() == 0


def _fills(text: str, columns: int, rows: int) -> bool:
    """Whether the frame of the panes reaches the right edge and the last line holds keys."""
    lines = text.splitlines()
    frames = [line for line in lines[1:-1] if line and line[0] in "╭╰│"]
    last = lines[rows - 1] if len(lines) >= rows else ""
    return len(frames) >= rows - 2 and all(len(f) == columns for f in frames) and "Enter" in last


def test_sixty_columns_show_one_pane_at_a_time(indexed: Folders) -> None:
    with explorer(indexed, size=(60, 20)) as terminal:
        terminal.wait_for("Inria")
        for key, pane in (
            ("2", "2026 ─"),
            ("3", "search all records|news "),
            ("4", "In this arch"),
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
