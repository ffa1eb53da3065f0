"""Writes an archive of many short documents, to measure sessions in it."""

from __future__ import annotations

from pathlib import Path

_WORDS = (
    "the", "institute", "and", "its", "partners", "announce", "laboratory", "machine", "learning",
    "Montreal", "students", "grants", "companies", "health", "climate", "language", "vision",
    "safety", "robotics", "drug", "discovery", "responsible", "training", "funding", "science",
)  # fmt: skip
_A_FOLDER = 1000


def write_large_archive(root: Path, documents: int) -> Path:
    """Writes ``documents`` documents of forty words each, all different, over thirty years."""
    root.mkdir(parents=True)
    head = "title: A large archive\nlanguages: [en]\n"
    (root / "archive.yaml").write_text(head, encoding="utf-8")
    for number in range(documents):
        folder = root / "documents" / f"f{number // _A_FOLDER:03}"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"d{number:06}.md"
        path.write_text(_document(number), encoding="utf-8")
    return root


def _document(number: int) -> str:
    day = f"{1995 + number % 30}-{1 + number // 30 % 12:02}-{1 + number // 360 % 28:02}"
    words = [_WORDS[(number * (place + 3) + place * place) % len(_WORDS)] for place in range(40)]
    return (
        f"---\ntitle: Announcement {number} {words[0]} {words[1]}\ndate: '{day}'\n"
        f"publisher: Press {number % 300}\nlanguage: en\ntype: press-release\n---\n\n"
        f"{' '.join(words)}, as of number n{number:06}.\n"
    )
