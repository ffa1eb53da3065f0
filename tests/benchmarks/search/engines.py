"""The engines that are compared, each with one way to build and one to search."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from whoosh import fields, qparser
from whoosh import index as whoosh_index

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.scope import Scope
from milatui.index.build import build

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.benchmarks.search.judged import Text

_WORD = re.compile(r"\w+")


SKIPPED: set[str] = set()
"""Names of engines that are left out: stock Whoosh takes an hour of 100,000 texts."""


class Engine(Protocol):
    """Indexes texts in a folder of its own and finds their ids."""

    name: ClassVar[str]

    def __init__(self, folder: Path) -> None: ...

    def prepare(self, texts: Sequence[Text]) -> None:
        """What is not part of the build: milatui's texts are files first."""

    def build(self, texts: Sequence[Text]) -> None:
        """Index from nothing."""

    def open(self) -> None:
        """Open what was built, as a new process would."""

    def search(self, query: str, limit: int, *, typing: bool = False) -> list[str]:
        """Ids of the best texts."""


class Milatui:
    """The catalogue of an archive of documents, built and asked as the program does."""

    name: ClassVar[str] = "milatui"

    def __init__(self, folder: Path) -> None:
        self.archive, self.index = folder / "archive", folder / "index"
        self.catalogue: Catalogue

    def prepare(self, texts: Sequence[Text]) -> None:
        self._ids = [text.id for text in texts]
        shutil.rmtree(self.archive, ignore_errors=True)
        self.archive.mkdir(parents=True)
        (self.archive / "archive.yaml").write_text("title: Texts\nlanguages: [en, fr]\n")
        for number, text in enumerate(texts):
            path = self.archive / "documents" / f"{number // 1000:03d}" / f"d{number:06d}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            head = {"title": text.title or "-", "date": text.date, "language": text.language}
            lines = [f"{k}: {json.dumps(v, ensure_ascii=False)}" for k, v in head.items() if v]
            path.write_text("\n".join(["---", *lines, "---", "", text.body, ""]), "utf-8")

    def build(self, texts: Sequence[Text]) -> None:
        shutil.rmtree(self.index, ignore_errors=True)
        build(self.archive, self.index)

    def open(self) -> None:
        self.catalogue = Catalogue.open(self.index)

    def search(self, query: str, limit: int, *, typing: bool = False) -> list[str]:
        answer = self.catalogue.search(query, Scope(), limit=limit, typing=typing)
        hits: Any = answer.hits
        return [self._ids[int(self.catalogue.row(n).id[1:])] for n, _score in hits.ranked]


class StockWhoosh:
    """Whoosh as it comes: its standard analyzer, any of the words, its own ranking."""

    name: ClassVar[str] = "whoosh"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def prepare(self, texts: Sequence[Text]) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)

    def build(self, texts: Sequence[Text]) -> None:
        schema = fields.Schema(
            id=fields.ID(stored=True), title=fields.TEXT(stored=True), body=fields.TEXT(stored=True)
        )
        writer = whoosh_index.create_in(str(self._folder), schema).writer()
        for text in texts:
            writer.add_document(id=text.id, title=text.title, body=text.body)
        writer.commit()

    def open(self) -> None:
        index = whoosh_index.open_dir(str(self._folder))
        self._searcher = index.searcher()
        self._parser = qparser.MultifieldParser(
            ["title", "body"], index.schema, group=qparser.OrGroup, plugins=[qparser.PrefixPlugin()]
        )

    def search(self, query: str, limit: int, *, typing: bool = False) -> list[str]:
        words = " ".join(_WORD.findall(query)) + ("*" if typing else "")
        found = self._searcher.search(self._parser.parse(words), limit=limit)
        return [hit["id"] for hit in found]


class Fts5:
    """SQLite's full-text index with Porter stems, ranked by its BM25."""

    name: ClassVar[str] = "fts5"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "texts.db"

    def prepare(self, texts: Sequence[Text]) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)

    def build(self, texts: Sequence[Text]) -> None:
        with sqlite3.connect(self._path) as base:
            base.execute(
                "CREATE VIRTUAL TABLE t USING fts5(id UNINDEXED, title, body,"
                " tokenize='porter unicode61 remove_diacritics 2')"
            )
            rows = ((text.id, text.title, text.body) for text in texts)
            base.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)

    def open(self) -> None:
        self._base = sqlite3.connect(self._path)

    def search(self, query: str, limit: int, *, typing: bool = False) -> list[str]:
        words = [f'"{word}"' for word in _WORD.findall(query)]
        if not words:
            return []
        asked = " OR ".join(words) + ("*" if typing else "")
        sql = "SELECT id FROM t WHERE t MATCH ? ORDER BY bm25(t, 0, 2, 1) LIMIT ?"
        return [row[0] for row in self._base.execute(sql, (asked, limit))]


class Tantivy:
    """tantivy with English stems."""

    name: ClassVar[str] = "tantivy"

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._tantivy: Any = tantivy
        self._folder = folder
        maker = tantivy.SchemaBuilder()
        maker.add_text_field("id", stored=True, tokenizer_name="raw")
        maker.add_text_field("title", stored=True, tokenizer_name="en_stem")
        maker.add_text_field("body", stored=True, tokenizer_name="en_stem")
        self._schema: Any = maker.build()

    def prepare(self, texts: Sequence[Text]) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)

    def build(self, texts: Sequence[Text]) -> None:
        index = self._tantivy.Index(self._schema, path=str(self._folder))
        writer = index.writer(num_threads=1)
        for text in texts:
            document = self._tantivy.Document(id=text.id, title=text.title, body=text.body)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        self._index = self._tantivy.Index.open(str(self._folder))
        self._searcher = self._index.searcher()

    def search(self, query: str, limit: int, *, typing: bool = False) -> list[str]:
        words = _WORD.findall(query.lower())
        parsed = self._index.parse_query(" ".join(words), ["title", "body"])
        if typing and words:
            begun = self._tantivy.Query.regex_query(self._schema, "body", f"{words[-1]}.*")
            should = self._tantivy.Occur.Should
            rest = self._index.parse_query(" ".join(words[:-1]) or "x", ["title", "body"])
            parsed = self._tantivy.Query.boolean_query([(should, rest), (should, begun)])
        found = self._searcher.search(parsed, limit).hits
        return [self._searcher.doc(address)["id"][0] for _score, address in found]


def engines(folder: Path) -> list[Engine]:
    """All engines that are installed; each has its folder under this one."""
    found: list[Engine] = []
    for kind in (Milatui, StockWhoosh, Fts5, Tantivy):
        if kind.name in SKIPPED:
            continue
        try:
            found.append(kind(folder / kind.name))
        except ImportError:
            print(f"{kind.name} is not installed: pip install 'milatui[benchmark]'")
    return found
