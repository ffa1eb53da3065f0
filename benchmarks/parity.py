"""Compares the answers of two versions of milatui on the same archives, in one run.

``python -m benchmarks.parity --data FOLDER --old PYTHON``: the folder holds collections
(see ``search.judged``), the interpreter has the other version installed.  Both are asked through
their commands, which are stable.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.search.judged import collection, in_language
from benchmarks.search.known import sought
from benchmarks.search.measures import quality
from benchmarks.search.prepare import write_archive

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.search.judged import Collection, Text

KNOWN_AMONG: Final = 10_000
LIMIT: Final = 100
KINDS: Final = ("words", "typo", "half", "plain")


@dataclass(frozen=True, slots=True)
class Version:
    """One version of milatui: its name in the table and its interpreter."""

    name: str
    python: str

    def build(self, archive: Path, index: Path) -> None:
        """Indexes an archive."""
        self._run(["index", "--archive", str(archive), "--index", str(index)], "")

    def search(
        self, archive: Path, index: Path, queries: Mapping[str, str], *, typing: bool = False
    ) -> dict[str, list[str]]:
        """Answers queries with the ids of the hits, the best first."""
        asked = "".join(
            json.dumps({"id": key, "query": query, "limit": LIMIT, "typing": typing}) + "\n"
            for key, query in queries.items()
        )
        words = ["search", "--stdin", "--archive", str(archive), "--index", str(index)]
        lines = map(json.loads, self._run(words, asked).splitlines())
        return {line["id"]: [hit["id"] for hit in line["hits"]] for line in lines}

    def _run(self, words: Sequence[str], text: str) -> str:
        command = [self.python, "-P", "-m", "milatui", *words]
        ended = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
        if ended.returncode not in (0, 1):
            raise RuntimeError(f"{' '.join(command)}: {ended.stderr}")
        return ended.stdout


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.parity")
    parser.add_argument("--data", type=Path, required=True, help="folder of collections")
    parser.add_argument("--old", required=True, help="interpreter of the other version")
    parser.add_argument("--work", type=Path, help="where archives and indexes are written")
    args = parser.parse_args()
    versions = (Version("new", sys.executable), Version("old", args.old))
    with tempfile.TemporaryDirectory(prefix="milatui-parity-", dir=args.work) as name:
        work = Path(name)
        names = sorted(p.parent.name for p in args.data.glob("*/queries.jsonl"))
        for name in names:
            _compare_collection(args.data, name, work / name, versions)
        if (args.data / "pressreleases.jsonl.xz").is_file():
            _compare_known(in_language(args.data, "en", KNOWN_AMONG), work / "known", versions)
    return 0


def _prepared(
    texts: Sequence[Text], folder: Path, versions: Sequence[Version]
) -> tuple[Path, dict[str, str]]:
    """Writes the archive and both indexes; gives the ids of the texts by those of the records."""
    archive = folder / "archive"
    ids = write_archive(archive, texts)
    for version in versions:
        version.build(archive, folder / version.name)
    return archive, ids


def _compare_collection(data: Path, name: str, folder: Path, versions: Sequence[Version]) -> None:
    judged = collection(data, name)
    archive, ids = _prepared(judged.texts, folder, versions)
    runs = {}
    for version in versions:
        found = version.search(archive, folder / version.name, judged.queries)
        runs[version.name] = {
            key: [ids[hit] for hit in hits if hit in ids] for key, hits in found.items()
        }
        row = quality(judged.grades, runs[version.name])
        print(
            f"{name:12s} {version.name:4s} nDCG@10 {row.ndcg:.4f}  MAP {row.map:.4f}"
            f"  R@100 {row.recall:.4f}  MRR@10 {row.mrr:.4f}"
        )
    same = sum(runs["new"][key][:1] == runs["old"][key][:1] for key in judged.queries)
    print(f"{name:12s} same first hit {same}/{len(judged.queries)}", flush=True)
    _compare_first(name, judged, runs["new"], runs["old"])


def _compare_first(
    name: str,
    judged: Collection,
    new: Mapping[str, Sequence[str]],
    old: Mapping[str, Sequence[str]],
) -> None:
    """Prints how people judged the first hits where the two versions differ."""
    better: Counter[str] = Counter()
    for key in judged.queries:
        if new[key][:1] == old[key][:1]:
            continue
        grades = judged.grades.get(key, {})
        ours, theirs = (grades.get(hits[0], 0) if hits else 0 for hits in (new[key], old[key]))
        better["new" if ours > theirs else "old" if theirs > ours else "neither"] += 1
    counts = ", ".join(f"{who} {better[who]}" for who in ("new", "old", "neither"))
    print(f"{name:12s} better where they differ: {counts}", flush=True)


def _compare_known(texts: Sequence[Text], folder: Path, versions: Sequence[Version]) -> None:
    archive, ids = _prepared(texts, folder, versions)
    for in_title in (True, False):
        cases = sought(texts, in_title=in_title)
        for kind in KINDS:
            queries = {str(n): getattr(case, kind) for n, case in enumerate(cases)}
            for version in versions:
                found = version.search(
                    archive, folder / version.name, queries, typing=kind == "half"
                )
                first = sum(
                    bool(hits) and ids.get(hits[0]) in cases[int(key)].ids
                    for key, hits in found.items()
                )
                where = "title" if in_title else "title and text"
                print(f"known by {where}: {kind:6s} {version.name:4s} {first / len(cases):.3f}")


if __name__ == "__main__":
    sys.exit(main())
