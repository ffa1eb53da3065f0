"""Generates files from the program: tables of README and docs, man page, pictures.

``python -m tools.generated`` writes them; ``tests/tools/test_generated.py`` proves them in step
(all but the pictures, which are looked at by people).
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import re
import sys
import tempfile
from pathlib import Path

from milatui import __version__
from milatui.archive.loader import load_archive
from milatui.catalogue.labels.labels import count_label
from milatui.catalogue.search.query_help import query_examples
from milatui.cli import registry
from milatui.cli.main import main
from milatui.i18n import set_language
from milatui.paths import bundled_archive
from milatui.tui.actions import actions, group_title
from milatui.tui.keymap import key_label
from tools import archive_format, finding_aid, json_reference
from tools.paths import ROOT

README = ROOT / "README.md"
KEYS = ROOT / "docs" / "keys.md"
MANUAL = ROOT / "docs" / "milatui.1"


def key_table() -> str:
    """Returns the table of keys: a row for each action of the registry."""
    lines = ["| key | what it does | id |", "|---|---|---|"]
    group = ""
    for action in actions():
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
    loaded = load_archive(bundled_archive())
    counts = [count_label(kind, count) for kind, count in loaded.counts.items()]
    return (
        "The bundled archive describes Mila, the Quebec AI institute, and its partners since"
        " 1993:\n"
        f"{', '.join(counts[:-1])} and {counts[-1]}, in English and French."
    )


def with_tables(text: str) -> str:
    """Returns a page with the present tables between its markers."""
    makers = {"keys": key_table, "queries": query_table, "counts": archive_counts}
    for name, make in makers.items():
        if f"<!-- {name}: " not in text:
            continue
        head, rest = text.split(f"<!-- {name}: ", 1)
        note, rest = rest.split("\n", 1)
        end = f"<!-- /{name} -->"
        text = f"{head}<!-- {name}: {note}\n{make()}\n{end}{rest.split(end, 1)[1]}"
    return text


def _help(*words: str) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        main([*words, "--help"])
    return printed.getvalue().strip()


def _troff(text: str) -> str:
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^(?=[.'])", r"\\&", escaped, flags=re.MULTILINE)


def manual() -> str:
    """Returns the man page (section 1), made of the texts of ``--help``."""
    parts = [
        f'.TH MILATUI 1 "" "milatui {__version__}" "User Commands"',
        ".SH NAME",
        "milatui \\- explore an archive of partnership announcements in the terminal",
        ".SH SYNOPSIS",
        ".B milatui\n[\\fILOCATION\\fR] [\\fIoptions\\fR]\n.br",
        ".B milatui\n\\fICOMMAND\\fR ...",
        ".SH DESCRIPTION",
        f".nf\n{_troff(_help())}\n.fi",
        ".SH COMMANDS",
    ]
    parts.extend(
        f".SS milatui {name}\n.nf\n{_troff(_help(name))}\n.fi" for name in registry.COMMANDS
    )
    parts += [
        ".SH EXIT STATUS",
        "0 done or found; 1 nothing found, or the check found faults; 2 wrong usage; 3 the archive"
        "\ncannot be read; 4 there is no index and none can be made; 130 interrupted.",
        ".SH ENVIRONMENT",
        ".TP\nMILATUI_ARCHIVE\nThe archive, where \\-\\-archive names none.",
        ".TP\nNO_COLOR\nIf set, no colours are used, only bold, underline and reverse.",
        ".TP\nMILATUI_ASCII\nIf set, the explorer draws with ASCII signs only.",
        ".TP\nXDG_CACHE_HOME, XDG_CONFIG_HOME, XDG_DATA_HOME\nWhere the index, keymap.toml and "
        "the\nsearches one has kept lie.",
        ".SH FILES",
        ".TP\n~/.config/milatui/keymap.toml\nKeys of one's own, by the ids the help shows.",
        ".TP\n~/.local/share/milatui/\nThe last searches, and those saved under a name.",
        ".TP\n~/.cache/milatui/\nOne index per archive; can be deleted at any time.",
    ]
    return "\n".join(parts) + "\n"


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


def pictures() -> None:
    """Draws the two pictures of the README with the program."""
    asyncio.run(
        _picture("screen-dark.svg", "dark", "en", ("f", *"amgen", "enter", "2", "down", "enter"))
    )
    asyncio.run(_picture("screen-light.svg", "light", "fr", ("slash", *"researchers", "down")))


def write() -> None:
    """Writes every generated file."""
    set_language("en")
    for page in (README, KEYS):
        page.write_text(with_tables(page.read_text(encoding="utf-8")), encoding="utf-8")
    MANUAL.parent.mkdir(exist_ok=True)
    MANUAL.write_text(manual(), encoding="utf-8")
    for reference in (archive_format, finding_aid, json_reference):
        text = reference.PAGE.read_text(encoding="utf-8")
        reference.PAGE.write_text(reference.page(text), encoding="utf-8")
    if "--pictures" in sys.argv:
        pictures()


if __name__ == "__main__":
    os.environ.pop("NO_COLOR", None)
    write()
