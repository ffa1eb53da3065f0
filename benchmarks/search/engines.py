"""The engines that are compared, each with one way to build and one to search."""

from __future__ import annotations

import re
import shutil
import sqlite3
import time
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from whoosh import fields, qparser
from whoosh import index as whoosh_index

from benchmarks.search.prepare import write_archive, write_document
from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.scope import Scope
from milatui.index.builder.build import build

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from benchmarks.search.judged import Text

_WORD = re.compile(r"\w+")


class Engine(Protocol):
    """Indexes texts in a folder of its own and finds their ids."""

    name: ClassVar[str]
    folder: Path

    def __init__(self, folder: Path) -> None: ...

    def prepare(self, texts: Sequence[Text]) -> None:
        """What is not part of the build: milatui's texts are files first."""

    def build(self, texts: Sequence[Text]) -> None:
        """Index from nothing."""

    def open(self) -> None:
        """Open what was built, as a new process would."""

    def search(self, query: str, limit: int, *, typing: bool = False) -> list[str]:
        """Ids of the best texts."""

    def phrase(self, words: str, limit: int) -> list[str]:
        """Ids of texts in which the words stand one after the other."""

    def change(self, text: Text, number: int) -> None:
        """Put another version of a text into what was built."""


class Milatui:
    """The catalogue of an archive of documents, built and asked as the program does."""

    name: ClassVar[str] = "milatui"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.archive, self.index = folder / "archive", folder / "index"
        self.catalogue: Catalogue
        self._numbers: dict[str, int] = {}
        self._ids: list[str] = []

    def prepare(self, texts: Sequence[Text]) -> None:
        self._ids = [text.id for text in texts]
        self._numbers = {identifier: number for number, identifier in enumerate(self._ids)}
        write_archive(self.archive, texts)

    def build(self, texts: Sequence[Text]) -> None:
        shutil.rmtree(self.index, ignore_errors=True)
        build(self.archive, self.index, processes=1)

    def open(self) -> None:
        self.catalogue = Catalogue.open(self.index)

    def search(self, query: str, limit: int, *, typing: bool = False) -> list[str]:
        answer = self.catalogue.search(query, Scope(), limit=limit, typing=typing)
        hits: Any = answer.hits
        if not self._ids:  # opened by a process that has not prepared the texts
            return []
        return [self._ids[int(self.catalogue.row(n).id[1:])] for n, _score in hits.ranked]

    def phrase(self, words: str, limit: int) -> list[str]:
        return self.search(f'"{words}"', limit)

    def change(self, text: Text, number: int) -> None:
        body = f"{text.body}\nVersion {number}."
        write_document(self.archive, self._numbers[text.id], text, body)
        build(self.archive, self.index)


class StockWhoosh:
    """Whoosh as it comes: its standard analyzer, any of the words, its own ranking."""

    name: ClassVar[str] = "whoosh"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def prepare(self, texts: Sequence[Text]) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def build(self, texts: Sequence[Text]) -> None:
        schema = fields.Schema(
            id=fields.ID(stored=True, unique=True),
            title=fields.TEXT(stored=True),
            body=fields.TEXT(stored=True),
        )
        writer = whoosh_index.create_in(str(self.folder), schema).writer()
        for text in texts:
            writer.add_document(id=text.id, title=text.title, body=text.body)
        writer.commit()

    def open(self) -> None:
        index = whoosh_index.open_dir(str(self.folder))
        self._searcher = index.searcher()
        self._parser = qparser.MultifieldParser(
            ["title", "body"],
            index.schema,
            group=qparser.OrGroup,
            plugins=[qparser.PrefixPlugin(), qparser.PhrasePlugin()],
        )

    def search(self, query: str, limit: int, *, typing: bool = False) -> list[str]:
        return self._ids(" ".join(_WORD.findall(query)) + ("*" if typing else ""), limit)

    def phrase(self, words: str, limit: int) -> list[str]:
        return self._ids(f'"{words}"', limit)

    def _ids(self, query: str, limit: int) -> list[str]:
        found = self._searcher.search(self._parser.parse(query), limit=limit)
        return [hit["id"] for hit in found]

    def change(self, text: Text, number: int) -> None:
        writer = whoosh_index.open_dir(str(self.folder)).writer()
        body = f"{text.body}\nVersion {number}."
        writer.update_document(id=text.id, title=text.title, body=body)
        writer.commit()


class Fts5:
    """SQLite's full-text index with Porter stems, ranked by its BM25."""

    name: ClassVar[str] = "fts5"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / "texts.db"

    def prepare(self, texts: Sequence[Text]) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def build(self, texts: Sequence[Text]) -> None:
        with sqlite3.connect(self._path) as base:
            base.execute(
                "CREATE VIRTUAL TABLE t USING fts5(id UNINDEXED, title, body,"
                " tokenize='porter unicode61 remove_diacritics 2')"
            )
            self._rows = {text.id: row for row, text in enumerate(texts, 1)}
            rows = ((text.id, text.title, text.body) for text in texts)
            base.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)

    def open(self) -> None:
        self._base = sqlite3.connect(self._path)

    def search(self, query: str, limit: int, *, typing: bool = False) -> list[str]:
        words = [f'"{word}"' for word in _WORD.findall(query)]
        if not words:
            return []
        return self._ids(" OR ".join(words) + ("*" if typing else ""), limit)

    def phrase(self, words: str, limit: int) -> list[str]:
        return self._ids(f'"{words}"', limit)

    def _ids(self, asked: str, limit: int) -> list[str]:
        sql = "SELECT id FROM t WHERE t MATCH ? ORDER BY bm25(t, 0, 2, 1) LIMIT ?"
        return [row[0] for row in self._base.execute(sql, (asked, limit))]

    def change(self, text: Text, number: int) -> None:
        with self._base as base:
            body = f"{text.body}\nVersion {number}."
            base.execute("UPDATE t SET body = ? WHERE rowid = ?", (body, self._rows[text.id]))


class Tantivy:
    """tantivy with English stems."""

    name: ClassVar[str] = "tantivy"

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._tantivy: Any = tantivy
        self.folder = folder
        maker = tantivy.SchemaBuilder()
        maker.add_text_field("id", stored=True, tokenizer_name="raw")
        maker.add_text_field("title", stored=True, tokenizer_name="en_stem")
        maker.add_text_field("body", stored=True, tokenizer_name="en_stem")
        self._schema: Any = maker.build()

    def prepare(self, texts: Sequence[Text]) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def build(self, texts: Sequence[Text]) -> None:
        index = self._tantivy.Index(self._schema, path=str(self.folder))
        writer = index.writer(num_threads=1)
        for text in texts:
            document = self._tantivy.Document(id=text.id, title=text.title, body=text.body)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        self._index = self._tantivy.Index.open(str(self.folder))
        self._searcher = self._index.searcher()

    def search(self, query: str, limit: int, *, typing: bool = False) -> list[str]:
        words = _WORD.findall(query.lower())
        parsed = self._index.parse_query(" ".join(words), ["title", "body"])
        if typing and words:
            begun = self._tantivy.Query.regex_query(self._schema, "body", f"{words[-1]}.*")
            should = self._tantivy.Occur.Should
            rest = self._index.parse_query(" ".join(words[:-1]) or "x", ["title", "body"])
            parsed = self._tantivy.Query.boolean_query([(should, rest), (should, begun)])
        return self._ids(parsed, limit)

    def phrase(self, words: str, limit: int) -> list[str]:
        return self._ids(self._index.parse_query(f'"{words}"', ["title", "body"]), limit)

    def _ids(self, query: Any, limit: int) -> list[str]:
        found = self._searcher.search(query, limit).hits
        return [self._searcher.doc(address)["id"][0] for _score, address in found]

    def change(self, text: Text, number: int) -> None:
        writer = self._index.writer(num_threads=1)
        writer.delete_documents("id", text.id)
        body = f"{text.body}\nVersion {number}."
        writer.add_document(self._tantivy.Document(id=text.id, title=text.title, body=body))
        writer.commit()


def kinds() -> dict[str, Callable[[Path], Engine]]:
    """All engines by name; stock Whoosh, which the others are compared with, comes first."""
    found: tuple[type[StockWhoosh | Milatui | Fts5 | Tantivy], ...]
    found = (StockWhoosh, Milatui, Fts5, Tantivy)
    return {kind.name: kind for kind in found}


def cpu() -> float:
    """CPU time of this process in ms."""
    return time.process_time() * 1000
