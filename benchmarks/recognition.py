"""Measures what recognition finds in annotated documents: precision and recall of each kind.

    MILATUI_RECOGNITION=CASES.jsonl python -m benchmarks.recognition [SET] [--errors]

Each line of the file is one document: ``id``, ``set`` (``tuned``, ``held-out``), ``title``,
``text``, ``language`` and ``gold``, a text of these lines (``?`` before a value: neither right nor
wrong if found; ``|`` between other forms of it):

    O Amgen Canada|Amgen Canada Inc.              an organisation that the text names
    P Ugur Gunaydin | General Manager | Amgen     a person with title and organisation
    Q We are proud => Ugur Gunaydin               first words of a quotation, and the speaker
    F 1000 people                                 value and unit of a figure (range: F 1 percent 3)

Names of organisations and people in a list ``optional`` of the document count neither way either.

How it is counted:

- Organisations: one name of the document each, however often it stands there; right if one of its
  forms equals one of the annotated forms, apart from case, accents, articles and legal forms.
- People: name, title and organisation together.  Two titles are alike if they share 60 % of their
  words; an organisation annotated as ``?`` is not compared.
- Speakers: each quotation whose speaker is annotated or found; right if the names are equal.
- What is found is told by confidence too: its precision, and the recall of it with all surer ones.
- Figures: value and unit; people and other things that are counted are one unit, and dollars
  those of any country whose text does not say which.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from milatui.archive.records import Document
from milatui.index.analysis.folding import fold
from milatui.ingest.confidence import Confidence
from milatui.ingest.recognise.findings import Findings
from milatui.ingest.recognise.name_index import NameIndex
from milatui.ingest.recognise.recognise import recognise

if TYPE_CHECKING:
    from collections.abc import Iterable

VARIABLE = "MILATUI_RECOGNITION"
KINDS = ("organisations", "people", "speakers", "figures")
_LEGAL = re.compile(r"(?:,? (?:inc|corp|ltd|llc|corporation|co|ag|limited))\.?$")
_SMALL_WORDS = frozenset(
    {"the", "a", "an", "of", "and", "de", "du", "la", "le", "l", "d", "et", "at", "for", "in"}
)


@dataclass(slots=True)
class Counts:
    """Right, missed and wrong findings of one kind."""

    right: int = 0
    missed: int = 0
    wrong: int = 0
    errors: list[str] = field(default_factory=list)
    by_confidence: Counter[tuple[Confidence, bool]] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of what is annotated that was found."""
        return self.right / max(1, self.right + self.missed)

    def at_least(self, confidence: Confidence) -> tuple[float, float, float]:
        """Returns precision of one confidence, then precision and recall of it with all above."""
        right, wrong = (self.by_confidence[confidence, hit] for hit in (True, False))
        above = [each for each in Confidence if each >= confidence]
        all_right = sum(self.by_confidence[each, True] for each in above)
        all_wrong = sum(self.by_confidence[each, False] for each in above)
        return (
            right / max(1, right + wrong),
            all_right / max(1, all_right + all_wrong),
            all_right / max(1, self.right + self.missed),
        )


@dataclass(slots=True)
class Gold:
    """The annotations of one document."""

    organisations: list[str] = field(default_factory=list)
    people: list[tuple[str, str, str]] = field(default_factory=list)
    quotations: list[tuple[str, str]] = field(default_factory=list)
    figures: list[tuple[str, str, str]] = field(default_factory=list)
    optional: frozenset[str] = frozenset()


def parse_gold(text: str, optional: Iterable[str] = ()) -> Gold:
    """Parses annotations, see the beginning of this module."""
    gold = Gold(
        optional=frozenset(normalized(form) for name in optional for form in name.split("|"))
    )
    for line in filter(None, map(str.strip, text.splitlines())):
        kind, _space, rest = line.partition(" ")
        if kind == "O":
            gold.organisations.append(rest)
        elif kind == "P":
            name, title, organisation = (part.strip() for part in rest.split(" | "))
            gold.people.append((name, title, organisation))
        elif kind == "Q":
            words, _arrow, speaker = rest.partition("=>")
            gold.quotations.append((words.strip(), speaker.strip()))
        elif kind == "F":
            parts = rest.split()
            upper_value = parts[-1] if len(parts) > 2 and parts[-1].isdigit() else ""
            unit = " ".join(parts[1:-1] if upper_value else parts[1:])
            gold.figures.append((parts[0].replace("_", " "), unit, upper_value))
    return gold


def normalized(name: str) -> str:
    """Returns a name without case, accents, article, legal form and signs."""
    text = fold(name).strip()
    text = re.sub(r"^(?:the|la|le|les|l['’ ]) ?", "", text)
    text = _LEGAL.sub("", text)
    return " ".join(re.findall(r"[^\W_]+", text))


def compare(gold: Gold, findings: Findings, counts: dict[str, Counts], label: str) -> None:
    """Adds the findings of one document to the counts."""
    _compare_organisations(gold, findings, counts["organisations"], label)
    _compare_people(gold, findings, counts["people"], label)
    _compare_speakers(gold, findings, counts["speakers"], label)
    _compare_figures(gold, findings, counts["figures"], label)


def _compare_organisations(gold: Gold, findings: Findings, counts: Counts, label: str) -> None:
    found = [
        {normalized(each.name), *map(normalized, each.short_names)}
        for each in findings.organisations
    ]
    found += [{normalized(each.name), normalized(each.partner)} for each in findings.partners]
    sure = [each.confidence for each in findings.organisations]
    sure += [each.confidence for each in findings.partners]
    matched = {at for at, names in enumerate(found) if names & gold.optional}
    for line in gold.organisations:
        forms = {normalized(form) for form in line.lstrip("?").split("|")}
        hits = {at for at, names in enumerate(found) if names & forms}
        matched |= hits
        if line.startswith("?"):
            continue
        counts.right += bool(hits)
        counts.missed += not hits
        if hits:
            counts.by_confidence[max(sure[at] for at in hits), True] += 1
        else:
            counts.errors.append(f"{label} missed {line}")
    for at, names in enumerate(found):
        if at not in matched:
            counts.wrong += 1
            counts.by_confidence[sure[at], False] += 1
            counts.errors.append(f"{label} wrong {sorted(names)} ({sure[at].word})")


def _compare_people(gold: Gold, findings: Findings, counts: Counts, label: str) -> None:
    found = [
        (each.name, role.title, role.organisation)
        for each in findings.people
        for role in each.roles
        if normalized(each.name) not in gold.optional
    ]
    sure = {each.name: each.confidence for each in findings.people}
    left = list(found)
    for name, title, organisation in gold.people:
        hit = next(
            (
                each
                for each in left
                if normalized(each[0]) == normalized(name.lstrip("?"))
                and _alike(each[1], title)
                and _same_organisation(each[2], organisation)
            ),
            None,
        )
        if hit:
            left.remove(hit)
        if name.startswith("?") or normalized(name) in gold.optional:
            continue
        counts.right += hit is not None
        counts.missed += hit is None
        if hit:
            counts.by_confidence[sure[hit[0]], True] += 1
        else:
            counts.errors.append(f"{label} missed {name} | {title} | {organisation}")
    counts.wrong += len(left)
    for each in left:
        counts.by_confidence[sure[each[0]], False] += 1
        counts.errors.append(f"{label} wrong {' | '.join(each)} ({sure[each[0]].word})")


def _alike(first: str, second: str) -> bool:
    one, other = (
        {word.rstrip("s") for word in normalized(text).split()} - _SMALL_WORDS
        for text in (first, second)
    )
    return bool(one & other) and len(one & other) >= 0.6 * len(one | other)


def _same_organisation(found: str, annotated: str) -> bool:
    if annotated.startswith("?"):
        return True
    return normalized(found) in {normalized(form) for form in annotated.split("|")}


def _compare_speakers(gold: Gold, findings: Findings, counts: Counts, label: str) -> None:
    left = list(findings.quotations)
    for words, speaker in gold.quotations:
        start = normalized(words)
        hit = next((each for each in left if normalized(each.words).startswith(start)), None)
        if hit:
            left.remove(hit)
        if speaker.startswith("?"):
            continue
        right = hit is not None and normalized(hit.speaker) == normalized(speaker)
        counts.right += right and bool(speaker)
        counts.missed += bool(speaker) and not right
        counts.wrong += bool(hit and hit.speaker and not right)
        if not right and (speaker or (hit and hit.speaker)):
            given = hit.speaker if hit else "no quotation"
            counts.errors.append(f"{label} {words} => {speaker}, not {given}")
    for each in left:
        if each.speaker:
            counts.wrong += 1
            counts.errors.append(f"{label} wrong quotation {each.words[:60]} => {each.speaker}")


def _compare_figures(gold: Gold, findings: Findings, counts: Counts, label: str) -> None:
    left = Counter((each.value, _unit(each.unit), each.upper) for each in findings.figures)
    optional: list[tuple[str, str, str]] = []
    for value, unit, upper in gold.figures:
        key = (value.lstrip("?"), _unit(unit), upper)
        if value.startswith("?"):
            optional.append(key)
            continue
        hit = left[key] > 0
        left[key] -= hit
        counts.right += hit
        counts.missed += not hit
        if not hit:
            counts.errors.append(f"{label} missed {key}")
    for key in optional:
        left[key] -= left[key] > 0
    wrong = [key for key in left.elements() if left[key] > 0]
    counts.wrong += len(wrong)
    counts.errors.extend(f"{label} wrong {key}" for key in wrong)


def _unit(unit: str) -> str:
    return "count" if unit == "people" else "years" if unit == "year" else unit


def main() -> None:
    """Prints precision and recall of each kind, and with ``--errors`` what differs."""
    only = next((each for each in sys.argv[1:] if not each.startswith("-")), "")
    path = Path(os.environ[VARIABLE])
    lines = path.read_text(encoding="utf-8").splitlines()
    cases = [case for case in map(json.loads, lines) if not only or case["set"] == only]
    counts = {kind: Counts() for kind in KINDS}
    names = NameIndex()
    seconds = size = 0.0
    for case in cases:
        document = Document(
            case["id"], case["title"], body=case["text"], language=case.get("language", "")
        )
        began = time.process_time()
        findings = recognise(document, names)
        seconds += time.process_time() - began
        size += len(case["text"])
        gold = parse_gold(case["gold"], case.get("optional", ()))
        compare(gold, findings, counts, case["id"])
    for kind, each in counts.items():
        print(
            f"{kind:14} precision {each.precision:.3f} recall {each.recall:.3f}"
            f"  right {each.right} wrong {each.wrong} missed {each.missed}"
        )
        for confidence in sorted(Confidence, reverse=True) if each.by_confidence else ():
            alone, precision, recall = each.at_least(confidence)
            print(
                f"    {confidence.word:10} precision {alone:.3f}"
                f", with all surer ones {precision:.3f} recall {recall:.3f}"
            )
        if "--errors" in sys.argv:
            print(*(f"    {error}" for error in each.errors), sep="\n")
    print(f"{len(cases)} documents, {1e6 * seconds / max(size, 1) * 3:.2f} ms for 3,000 characters")


if __name__ == "__main__":
    main()
