"""Writes texts as an archive of documents, as a user would have them."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.search.judged import Text


def write_archive(archive: Path, texts: Sequence[Text]) -> dict[str, str]:
    """Writes an archive anew; gives the ids of the texts by those of their documents."""
    shutil.rmtree(archive, ignore_errors=True)
    archive.mkdir(parents=True)
    (archive / "archive.yaml").write_text("title: Texts\nlanguages: [en, fr]\n")
    for number, text in enumerate(texts):
        write_document(archive, number, text, text.body)
    return {document_id(number): text.id for number, text in enumerate(texts)}


def document_id(number: int) -> str:
    """Gives the id of the document with a number."""
    return f"d{number:06d}"


def write_document(archive: Path, number: int, text: Text, body: str) -> None:
    """Writes a document, perhaps with another body than its text has."""
    path = archive / "documents" / f"{number // 1000:03d}" / f"{document_id(number)}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    head = {"title": text.title or "-", "date": text.date, "language": text.language}
    lines = [f"{k}: {json.dumps(v, ensure_ascii=False)}" for k, v in head.items() if v]
    path.write_text("\n".join(["---", *lines, "---", "", body, ""]), "utf-8")
