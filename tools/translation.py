"""Extracts, updates and compiles the French texts of the interface.

``python -m tools.translation`` reads every message of ``src/milatui`` into ``milatui.po``, which
translators edit, lists the messages that lack a translation, and compiles ``milatui.mo``. With
``--compile`` it only compiles, which the build of the package and the tests do as well. Neither
file depends on the machine, the day or the position of a message in the source.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parent.parent / "src" / "milatui"
PO = SOURCE / "locale" / "fr" / "LC_MESSAGES" / "milatui.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {"_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
CALL = re.compile(rf"\b(?:{'|'.join(KEYWORDS)})\s*\(")


def extracted() -> Catalog:
    """Returns every message of the source, untranslated."""
    catalog = Catalog()
    for path in sorted(SOURCE.rglob("*.py")):
        if not CALL.search(path.read_text(encoding="utf-8")):
            continue  # Babel takes its time for each line
        found = extract_from_file("python", path, keywords=KEYWORDS)
        for _line, message, comments, context in found:
            catalog.add(message, None, auto_comments=comments, context=context)
    return catalog


def translated() -> Catalog:
    """Returns the messages of ``milatui.po`` with their translations."""
    with PO.open("rb") as file:
        return read_po(file, locale="fr", abort_invalid=True)


def update() -> list[str]:
    """Brings ``milatui.po`` up to date and compiles it; returns the untranslated messages."""
    catalog = translated()
    catalog.update(
        extracted(), no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False
    )
    with PO.open("wb") as file:
        write_po(file, catalog, width=100, no_location=True, sort_output=True, ignore_obsolete=True)
    compile_catalog()
    return [str(message.id) for message in catalog if message.id and not all(forms(message.string))]


def compile_catalog() -> None:
    """Compiles ``milatui.po`` to ``milatui.mo``, which is replaced at once."""
    handle, name = tempfile.mkstemp(dir=MO.parent, suffix=".mo.new")
    with os.fdopen(handle, "wb") as file:
        os.fchmod(handle, 0o644)
        write_mo(file, translated())
    Path(name).replace(MO)


def compile_if_stale() -> None:
    """Compiles ``milatui.po`` if it has changed since it was compiled."""
    if not MO.exists() or MO.stat().st_mtime_ns < PO.stat().st_mtime_ns:
        compile_catalog()


def forms(texts: object) -> tuple[str, ...]:
    """Returns a message or a translation as its forms: one, or one for each plural."""
    return tuple(map(str, texts)) if isinstance(texts, tuple | list) else (str(texts or ""),)


def main() -> int:
    """Updates and compiles the texts; returns 1 if a translation is missing."""
    if "--compile" in sys.argv[1:]:
        compile_catalog()
        return 0
    missing = update()
    for text in missing:
        print("not translated:", text, file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
