"""Generates files from the program: tables of READMEs and docs, man pages, pictures.

``python -m tools.generated`` writes them; ``tests/tools/test_generated.py`` proves them in step
(all but the pictures, which are looked at by people).
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from milatui.archive.loader import load_archive
from milatui.catalogue.labels.labels import count_label
from milatui.catalogue.search.query_help import query_examples
from milatui.i18n import set_language
from milatui.paths import bundled_archive
from milatui.tui.actions import actions, group_title, review_actions
from milatui.tui.keymap import key_label
from tools import archive_format, finding_aid, json_reference, manual
from tools.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

README = ROOT / "README.md"
README_FR = ROOT / "README.fr.md"
KEYS = ROOT / "docs" / "keys.md"


def key_table() -> str:
    """Returns the table of keys: a row for each action of the registry."""
    lines = ["| key | what it does | id |", "|---|---|---|"]
    group = ""
    for action in (*actions(), *review_actions()):
        if action.group != group:
            group = action.group
            lines.append(f"| **{group_title(group)}** | | |")
        keys = " ".join(f"`{key_label(key)}`" for key in action.keys.split(","))
        lines.append(f"| {keys.replace('|', chr(92) + '|')} | {action.tooltip} | `{action.id}` |")
    return "\n".join(lines)


def query_table() -> str:
    """Returns the table of what a search understands."""
    lines = ["| query | what it finds |", "|---|---|"]
    for form, meaning in query_examples():
        examples = " ".join(f"`{example}`" for example in form.replace("|", r"\|").split("  "))
        lines.append(f"| {examples} | {meaning} |")
    return "\n".join(lines)


def archive_counts() -> str:
    """Returns the README's sentence on the bundled archive."""
    *counts, last = _counts()
    return (
        "The bundled archive describes Mila, the Quebec AI institute, and its partners since"
        " 1993:\n"
        f"{', '.join(counts)} and {last}, in English and French."
    )


def query_table_fr() -> str:
    """Returns the table of what a search understands, in French."""
    with _french():
        rows = query_table().splitlines()[1:]
    return "\n".join(["| requête | ce qu’elle trouve |", *rows])


def archive_counts_fr() -> str:
    """Returns the French README's sentence on the bundled archive."""
    with _french():
        *counts, last = _counts()
    return (
        "L’archive fournie décrit Mila, l’institut québécois d’intelligence artificielle, et ses"
        " partenaires depuis 1993\N{NO-BREAK SPACE}:\n"
        f"{', '.join(counts)} et {last}, en français et en anglais."
    )


def _counts() -> list[str]:
    loaded = load_archive(bundled_archive())
    return [count_label(kind, count) for kind, count in loaded.counts.items()]


@contextlib.contextmanager
def _french() -> Iterator[None]:
    set_language("fr")
    try:
        yield
    finally:
        set_language("en")


def with_tables(text: str) -> str:
    """Returns a page with the present tables between its markers."""
    makers = {
        "keys": key_table,
        "queries": query_table,
        "counts": archive_counts,
        "requêtes": query_table_fr,
        "nombres": archive_counts_fr,
    }
    for name, make in makers.items():
        if f"<!-- {name}: " not in text:
            continue
        head, rest = text.split(f"<!-- {name}: ", 1)
        note, rest = rest.split("\n", 1)
        end = f"<!-- /{name} -->"
        text = f"{head}<!-- {name}: {note}\n{make()}\n{end}{rest.split(end, 1)[1]}"
    return text


async def _picture(name: str, theme: str, language: str, keys: tuple[str, ...]) -> None:
    from milatui.index.builder.build import build
    from milatui.tui.app import MilatuiApp
    from milatui.tui.app_options import Options
    from milatui.tui.keymap import Keymap

    archive = ROOT / "data"
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        build(archive, index)
        set_language(language)
        app = MilatuiApp(Options(archive, index, theme=theme, language=language), Keymap())
        async with app.run_test(size=(120, 36)) as pilot:
            for key in keys:
                await pilot.press(key)
                await pilot.pause(0.3)
            await pilot.pause(1.0)
            drawing = app.export_screenshot(title="milatui")
            # The viewer's own fonts are used; a picture in a README fetches nothing.
            drawing = re.sub(r"@font-face \{.*?\}\s*", "", drawing, flags=re.DOTALL)
            (ROOT / "docs" / name).write_text(drawing, encoding="utf-8")
    set_language("en")


PICTURES = (
    ("screen-dark.svg", "dark", "en", ("f", *"amgen", "enter", "2", "down", "enter")),
    ("screen-search.svg", "dark", "en", ("slash", *"corporate lab", "down", "down")),
    ("screen-lanes.svg", "dark", "en", ("2", "v", *("down",) * 4)),
    ("screen-light.svg", "light", "fr", ("F", "down")),
    ("screen-export.svg", "dark", "en", ("f", *"amgen", "enter", "e")),
)
"""The pictures of the READMEs: file, theme, language, and the keys that lead there."""


def pictures() -> None:
    """Draws the pictures of the READMEs with the program."""
    for picture in PICTURES:
        asyncio.run(_picture(*picture))


def write() -> None:
    """Writes every generated file."""
    set_language("en")
    for page in (README, README_FR, KEYS):
        page.write_text(with_tables(page.read_text(encoding="utf-8")), encoding="utf-8")
    for language, path in manual.PAGES.items():
        path.write_text(manual.manual(language), encoding="utf-8")
    archive_format.write_schemas()
    for reference in (archive_format, finding_aid, json_reference):
        text = reference.PAGE.read_text(encoding="utf-8")
        reference.PAGE.write_text(reference.page(text), encoding="utf-8")
    if "--pictures" in sys.argv:
        pictures()


if __name__ == "__main__":
    for name in ("MILATUI_ASCII", "NO_COLOR"):
        os.environ.pop(name, None)
    write()
