"""A small sound archive that tests break in one place at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.archive.checks import check
from milatui.archive.loader import load_archive

if TYPE_CHECKING:
    from pathlib import Path

    from milatui.archive.diagnostics import Diagnostic

FILES = {
    "archive.yaml": "title: Small\nhome: mila\nlanguages: [en, fr]\n",
    "partners/mila.yaml": "id: mila\nname: Mila\nkind: research-institute\nrelation: Home.\n",
    "partners/amgen.yaml": """\
id: amgen
name: Amgen
names:
- value: Applied Molecular Genetics
  kind: former
  source: general knowledge
kind: company
country: US
founded: '1980'
website: https://www.amgen.com
relation: Industry partner.
relations:
- to: mila
  kind: partner
  start: '2021'
  end: '2023'
  source: {document: brief, exact: Amgen works with Mila}
verified:
  name:
    basis: page
    source: brief
    exact: Amgen
""",
    "people/people.yaml": """\
- id: ada
  name: Ada
  roles:
  - title: Head
    organisation: Amgen
    partner: amgen
    as_of: '2023'
    source: {document: brief, exact: says Ada}
- id: bob
  name: Bob
""",
    "events/2023.yaml": """\
- id: lab
  date: 2023-01-18
  title: A lab opens
  kind: lab-opening
  partners: [amgen, mila]
  people: [ada]
  figures:
  - measure: staff
    value: 12
    unit: people
    qualifier: about
    source: {document: brief, exact: about twelve people}
  sources:
  - document: brief
    exact: opens a lab
  - document: brief
    exact: In 2023
    suffix: Amgen
""",
    "figures/staff.yaml": """\
id: staff-1
measure: staff
value: '12'
unit: people
source: {document: brief, exact: about twelve people}
""",
    "statements/ada.yaml": """\
id: st-1
speaker: ada
date: '2023'
text: She is glad.
event: lab
source: {document: brief, exact: says Ada}
""",
    "documents/brief.md": """\
---
title: Brief
date: '2023-01-18'
language: en
type: news
subject:
- amgen
---

In 2023 Amgen opens a
lab for about twelve people, says Ada.

In 2023, too, Amgen works with Mila.
""",
    "documents/2024/after.md": "---\ntitle: After\ndate: '2024'\nfollows: brief\n---\n",
}


class SmallArchive:
    """The archive in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for relpath, text in FILES.items():
            self.write(relpath, text)

    def write(self, relpath: str, text: str | bytes) -> None:
        """Put a file into the archive."""
        path = self.root / relpath
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def replace(self, relpath: str, old: str, new: str) -> None:
        """Change the one place of a file where ``old`` stands."""
        text = FILES[relpath]
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {relpath}"
        self.write(relpath, text.replace(old, new))

    def diagnostics(self) -> list[Diagnostic]:
        """All faults: those of single files, then those between records."""
        loaded = load_archive(self.root)
        return [*loaded.diagnostics, *check(loaded)]

    def told(self) -> list[str]:
        """All faults as they are printed, warnings and errors."""
        return [str(diagnostic) for diagnostic in self.diagnostics()]


@pytest.fixture
def small(tmp_path: Path) -> SmallArchive:
    return SmallArchive(tmp_path)
