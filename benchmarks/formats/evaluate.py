"""Reads files made of real releases and measures what comes back, beside other extractors.

``MILATUI_COLLECTIONS=FOLDER python -m benchmarks.formats.evaluate [--seed 14] [--count 200]
[--chromium /usr/bin/chromium] [--held-out]`` prints a table: title and date exact, words of the
text lost, and words that are not of the text, each as a share.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.conftest import COLLECTIONS
from benchmarks.formats import document_files
from benchmarks.formats.app_style import APPLICATION
from benchmarks.formats.held_out_style import HELD_OUT
from benchmarks.formats.page_styles import STYLES, Style
from benchmarks.formats.release import Release, read_releases, sample
from milatui.archive.diagnostics import Diagnostic
from milatui.ingest.complete import propose
from milatui.ingest.readers.reader import FileReader

RELATED = 5
_TARGET = re.compile(r"\]\((?:[^()\s]|\([^()\s]*\))*\)")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Result:
    """What came back of a file."""

    title: str
    date: str
    text: str


Extractor = Callable[[bytes], Result]


@dataclass
class Score:
    """Sums over files."""

    files: int = 0
    titles: int = 0
    dates: int = 0
    lost: float = 0.0
    added: float = 0.0
    seconds: float = 0.0

    def take(self, release: Release, result: Result) -> None:
        """Counts a result."""
        gold, got = Counter(_words(release.text)), Counter(_words(result.text))
        total = max(1, sum(gold.values()))
        self.files += 1
        self.titles += " ".join(result.title.split()) == release.title
        self.dates += result.date == release.date
        self.lost += sum((gold - got).values()) / total
        self.added += sum((got - gold).values()) / total

    def row(self, name: str) -> str:
        """Returns a row of the table."""
        n = max(1, self.files)
        return (
            f"{name:34} {self.files:5} {self.titles / n:7.3f} {self.dates / n:7.3f}"
            f" {100 * self.lost / n:7.2f}% {100 * self.added / n:9.2f}%"
            f" {1000 * self.seconds / n:7.1f}"
        )


def _words(text: str) -> list[str]:
    return _WORD.findall(_TARGET.sub("]", text).replace("\\", ""))


class Own:
    """The readers of this program, as ``milatui add`` uses them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reader = FileReader()

    def read(self, data: bytes, ending: str) -> Result:
        """Reads a file whose name says nothing."""
        file = self._folder / f"file{ending}"
        file.write_bytes(data)
        for item in self._reader.read(str(file)):
            if isinstance(item, Diagnostic):
                continue
            proposal = propose(item)
            if not isinstance(proposal, Diagnostic):
                document = proposal.document
                return Result(document.title, document.date, document.body)
        return Result("", "", "")


def _trafilatura(data: bytes) -> Result:
    from trafilatura import bare_extraction

    found = bare_extraction(data.decode(), include_comments=False, with_metadata=True)
    if found is None:
        return Result("", "", "")
    return Result(found.title or "", found.date or "", found.text or "")


def _readability(data: bytes) -> Result:
    from lxml.html import fromstring
    from readability import Document

    document = Document(data.decode())
    text = fromstring(document.summary()).text_content()
    return Result(document.short_title(), "", text)


OTHERS: dict[str, Extractor] = {"trafilatura": _trafilatura, "readability-lxml": _readability}


def _page_scores(
    own: Own, styles: dict[str, Style], releases: Sequence[Release], everything: Sequence[Release]
) -> Iterator[str]:
    for name, style in styles.items():
        scores = {label: Score() for label in ("milatui", *OTHERS)}
        for number, release in enumerate(releases):
            others = everything[number * RELATED : (number + 1) * RELATED]
            page = style(release, others).encode()
            for label, score in scores.items():
                start = time.perf_counter()
                extract = OTHERS.get(label)
                result = extract(page) if extract else own.read(page, ".html")
                score.seconds += time.perf_counter() - start
                score.take(release, result)
        for label, score in scores.items():
            yield score.row(f"HTML {name}: {label}")


def _file_scores(
    own: Own, releases: Sequence[Release], chromium: str, folder: Path
) -> Iterator[str]:
    makers: dict[str, tuple[Callable[[Release], bytes], str]] = {
        "text": (document_files.text_file, ".txt"),
        "DOCX (python-docx)": (document_files.docx_file, ".docx"),
        "PDF (ReportLab)": (document_files.reportlab_file, ".pdf"),
    }
    if chromium:
        makers["PDF (Chromium)"] = (
            lambda release: document_files.chromium_file(release, folder, chromium),
            ".pdf",
        )
    for name, (make, ending) in makers.items():
        score = Score()
        for release in releases:
            data = make(release)
            start = time.perf_counter()
            result = own.read(data, ending)
            score.seconds += time.perf_counter() - start
            score.take(release, result)
        yield score.row(f"{name}: milatui")


def main(arguments: Sequence[str]) -> int:
    """Prints the table; see the module."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.formats.evaluate")
    parser.add_argument("--seed", type=int, default=14)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--chromium", default="", help="also print PDF files with it")
    parser.add_argument("--held-out", action="store_true", help="the styles not tuned to")
    args = parser.parse_args(arguments)
    everything = read_releases(Path(os.environ[COLLECTIONS], "pressreleases.jsonl.xz"))
    releases = sample(everything, args.seed, args.count)
    related = sample(everything, args.seed + 1, args.count * RELATED)
    styles = {**HELD_OUT, **APPLICATION} if args.held_out else STYLES
    print(f"{'':34} files   title    date    lost     added      ms")
    with tempfile.TemporaryDirectory() as folder:
        own = Own(Path(folder))
        for row in _page_scores(own, styles, releases, related):
            print(row, flush=True)
        for row in _file_scores(own, releases, args.chromium, Path(folder)):
            print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
