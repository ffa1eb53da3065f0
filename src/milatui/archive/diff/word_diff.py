"""Compares two texts word by word, in bounded time.

Paragraphs are aligned first, then the words of those that differ; both with the algorithm of
Ratcliff and Obershelp (``difflib``). White space separates words and is not compared: a text whose
lines were wrapped anew is the same.
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MAX_PAIRS: Final = 100_000
"""Pairs of equal words up to which two runs of words are aligned; larger ones count as replaced."""
_PARAGRAPH: Final = re.compile(r"\S(?:.|\n(?!\s*\n))*")
_SPACELESS: Final = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD: Final = re.compile(f"(?:[{_SPACELESS}]|[^ {_SPACELESS}]+) ?")
"""A word and the space after it; a single sign of a script that writes no spaces."""


class WordRun(NamedTuple):
    """Neighbouring words with the same fate.

    Attributes:
        fate: What happened to them.
        text: The words, separated by single spaces; paragraphs end in an empty line.
    """

    fate: Literal["same", "removed", "added"]
    text: str


class WordDiff(NamedTuple):
    """What differs between two texts.

    Attributes:
        runs: Both texts in one, in order; empty if they are the same.
        removed: Number of words that only the old text has.
        added: Number of words that only the new text has.
    """

    runs: tuple[WordRun, ...]
    removed: int
    added: int


def diff_words(old: str, new: str) -> WordDiff:
    """Compares two texts word by word."""
    before, after = _paragraphs(old), _paragraphs(new)
    if before == after:
        return WordDiff((), 0, 0)
    runs = list(_joined(_diff_paragraphs(before, after)))
    sizes = {"same": 0, "removed": 0, "added": 0}
    for run in runs:
        sizes[run.fate] += len(run.text.split())
    return WordDiff(tuple(runs), sizes["removed"], sizes["added"])


def split_words(text: str) -> list[str]:
    """Splits the text of a run into words, each with the space after it."""
    return _WORD.findall(text)


def _paragraphs(text: str) -> list[str]:
    return [" ".join(found.split()) for found in _PARAGRAPH.findall(text)]


def _diff_paragraphs(old: list[str], new: list[str]) -> Iterator[WordRun]:
    for tag, first, last, start, stop in _opcodes(old, new):
        if tag == "equal":
            yield from (WordRun("same", f"{text}\n\n") for text in new[start:stop])
            continue
        # Paragraphs that were edited stand opposite each other; the rest came or went.
        both = min(last - first, stop - start)
        for one, other in zip(old[first : first + both], new[start : start + both], strict=True):
            yield from _diff_paragraph(one, other)
        yield from (WordRun("removed", f"{text}\n\n") for text in old[first + both : last])
        yield from (WordRun("added", f"{text}\n\n") for text in new[start + both : stop])


def _diff_paragraph(old: str, new: str) -> Iterator[WordRun]:
    before, after = split_words(old), split_words(new)
    bare = [word.rstrip() for word in before], [word.rstrip() for word in after]
    for tag, first, last, start, stop in _opcodes(*bare):
        if tag == "equal":
            yield WordRun("same", _words(after[start:stop]))
            continue
        if first < last:
            yield WordRun("removed", _words(before[first:last]))
        if start < stop:
            yield WordRun("added", _words(after[start:stop]))
    yield WordRun("same", "\n\n")


def _words(words: Sequence[str]) -> str:
    """Joins words; the last one of a paragraph has no space after it."""
    text = "".join(words)
    return text if text.endswith(" ") else f"{text} "


def _opcodes(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """Aligns two sequences; their common beginning and end cost nothing."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    ends = len(old) - tail, len(new) - tail
    first, second = old[head : ends[0]], new[head : ends[1]]
    found = [("equal", 0, head, 0, head)]
    counts = Counter(first)
    if sum(counts[word] for word in second) > MAX_PAIRS:
        found.append(("replace", head, ends[0], head, ends[1]))
    else:
        found += (
            (tag, start + head, stop + head, begin + head, end + head)
            for tag, start, stop, begin, end in SequenceMatcher(
                None, first, second, autojunk=False
            ).get_opcodes()
        )
    found.append(("equal", ends[0], len(old), ends[1], len(new)))
    return [each for each in found if each[1] < each[2] or each[3] < each[4]]


def _joined(runs: Iterable[WordRun]) -> Iterator[WordRun]:
    """Joins neighbouring runs with the same fate."""
    for fate, group in groupby(runs, key=lambda run: run.fate):
        yield WordRun(fate, "".join(run.text for run in group))
