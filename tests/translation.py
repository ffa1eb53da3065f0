"""Keeps the French texts in step with the source: ``python -m tests.translation``.

Reads every message of ``src/milatui`` into ``milatui.po``, which translators edit, and compiles
it to the ``milatui.mo`` that is installed.  Run it after changing a text, translate what
it lists, and run it again.  Nothing in either file depends on the machine, the day or where
a message stands in the source, so a second run changes nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parent.parent / "src" / "milatui"
PO = SOURCE / "locale" / "fr" / "LC_MESSAGES" / "milatui.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {"_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


def extracted() -> Catalog:
    """Every message of the source, untranslated."""
    catalog = Catalog()
    found = extract_from_dir(SOURCE, [("**.py", "python")], keywords=KEYWORDS)
    for _name, _line, message, comments, context in sorted(found, key=lambda each: each[:2]):
        catalog.add(message, None, auto_comments=comments, context=context)
    return catalog


def translated() -> Catalog:
    """What ``milatui.po`` holds."""
    with PO.open("rb") as file:
        return read_po(file, locale="fr", abort_invalid=True)


def update() -> list[str]:
    """Bring both files up to date; return the messages that want a translation."""
    catalog = translated()
    catalog.update(
        extracted(), no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False
    )
    with PO.open("wb") as file:
        write_po(file, catalog, width=100, no_location=True, sort_output=True, ignore_obsolete=True)
    with MO.open("wb") as file:
        write_mo(file, catalog)
    return [str(message.id) for message in catalog if message.id and not all(forms(message.string))]


def forms(texts: object) -> tuple[str, ...]:
    """A message or a translation as its forms: one, or those of each number."""
    return tuple(map(str, texts)) if isinstance(texts, tuple | list) else (str(texts or ""),)


if __name__ == "__main__":
    missing = update()
    for text in missing:
        print("not translated:", text, file=sys.stderr)
    sys.exit(1 if missing else 0)
