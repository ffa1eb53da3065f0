"""An archive with ten documents, events, figures and statements whose every value is known.

Values hold what breaks formats: braces that do not match, formulas, commas and semicolons, line
breaks, control characters, accents, characters beyond the first plane.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

Planted: TypeAlias = "dict[str, dict[str, str]]"
"""Values by field, by location of the record."""

DATES: Final = (
    "2023-01-18",
    "2023-01",
    "2023",
    "2021-22",
    "2021-34",
    "202X",
    "2019~",
    "2019-05-04?",
    "2018-03-01/2018-03-04",
    "20XX",
)
"""A date of each precision; the last one says that there is none."""
NASTY: Final = (
    "plain words",
    "accents éàçœ Ångström",
    "100 % & more_less $5 #1 ~ ^",
    "an open { brace",
    "a closing } brace",
    "back \\ slash \\n",
    "=1+1",
    "a, b; c: d",
    "“quoted” and \"straight\" 'marks'",
    "a \x1b[31mred\x07 𝄞 clef\u202e\nand a second line",
)
QUALIFIERS: Final = ("about", "nearly", "over", "at-least", "at-most")
TYPES: Final = ("press-release", "news", "profile", "report", "blog")


def _documents() -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    for number, (nasty, date) in enumerate(zip(NASTY, DATES, strict=True)):
        fields: dict[str, object] = {
            "title": f"Title {number} {nasty}",
            "language": "fr",
            "description": f"Description {number} {nasty}",
            "subject": [f"firm-{number}"],
            "rights": f"Rights {number}",
            "note": f"Remark {number}",
        }
        page: dict[str, object] = {
            "publisher": f"Publisher {number} {nasty}",
            "date": date,
            "type": TYPES[number % len(TYPES)],
        }
        address = f"https://example.org/{number}?a=1&b={{2}}%20_c"
        if number % 2:  # a published text
            found[f"doc-{number}"] = {**fields, **page, "source": address}
        else:  # a brief
            original = {**page, "title": f"Title {number} {nasty}", "language": "fr"}
            original |= {"address": address, "accessed": "2026-11-02", "sha256": f"{number}" * 64}
            found[f"doc-{number}"] = {
                **fields,
                "creator": f"Creator {number}",
                "original": original,
            }
    return found


def passage(number: int) -> str:
    """Returns the words that the records of a number quote; they stand in document ``number``."""
    return f"Passage {number} of {{words}} that prove it, 50 % of them"


def _source(number: int) -> dict[str, str]:
    return {"document": f"doc-{number}", "exact": passage(number), "locator": f"¶{number + 20}"}


def _records() -> dict[str, list[dict[str, object]]]:
    every: dict[str, list[dict[str, object]]] = {
        name: [] for name in ("partners", "people", "events", "figures", "statements")
    }
    for number, (nasty, date) in enumerate(zip(NASTY, DATES, strict=True)):
        own: dict[str, object] = {"note": f"Remark {number}", "confidence": "low"}
        firm: dict[str, object] = {"id": f"firm-{number}", "name": f"Firm {number} Ltd"}
        every["partners"].append(firm | {"kind": "company", "relation": "A partner."})
        every["people"].append({"id": f"person-{number}", "name": f"Person {number}"})
        every["events"].append(
            {
                "id": f"event-{number}",
                "date": date,
                "title": f"Event {number} {nasty}",
                "kind": "lab-opening",
                "announced": "2017-07-07",
                "summary": f"Summary {number} {nasty}",
                "partners": [f"firm-{number}"],
                "people": [f"person-{number}"],
                "places": [f"Place {number}"],
                "sources": [_source(number)],
                **own,
            }
        )
        every["figures"].append(
            {
                "id": f"figure-{number}",
                "measure": f"measure_{number}",
                "value": str(41000 + number),
                "unit": f"widgets{number}",
                "qualifier": QUALIFIERS[number % len(QUALIFIERS)],
                "as_of": date,
                "partner": f"firm-{number}",
                "event": f"event-{number}",
                "rank": "deprecated",
                "source": _source(number),
                **own,
            }
        )
        every["statements"].append(
            {
                "id": f"statement-{number}",
                "speaker": f"person-{number}",
                "organisation": f"firm-{number}",
                "date": date,
                "about": f"Subject {number}",
                "text": f"Says {number} {nasty}",
                "event": f"event-{number}",
                "source": _source(number),
                **own,
            }
        )
    return every


def write_planted(root: Path) -> Path:
    """Writes the archive into a folder and returns it."""
    (root / "documents").mkdir(parents=True)
    (root / "archive.yaml").write_text("title: Planted; values\nlanguages: [en, fr]\n", "utf-8")
    for folder, records in _records().items():
        (root / folder).mkdir()
        # JSON is YAML.
        (root / folder / "all.yaml").write_text(json.dumps(records, ensure_ascii=False), "utf-8")
    for number, (identifier, front) in enumerate(_documents().items()):
        text = f"---\n{json.dumps(front, ensure_ascii=False)}\n---\n\n{passage(number)}.\n"
        (root / "documents" / f"{identifier}.md").write_text(text, "utf-8")
    return root


def planted_values() -> Planted:
    """Returns what stands in each record, by location and field."""
    found: Planted = {}
    for number, (identifier, front) in enumerate(_documents().items()):
        page = front.get("original", front)
        assert isinstance(page, dict)
        found[f"document/{identifier}"] = {
            "id": identifier,
            "title": str(front["title"]),
            "publisher": str(page["publisher"]),
            "type": str(page["type"]),
            "language": "fr",
            "address": str(page.get("address", front.get("source"))),
            "description": str(front["description"]),
            "partners": f"Firm {number} Ltd",
            "accessed": str(page.get("accessed", "")),
            "sha256": str(page.get("sha256", "")),
            "creator": str(front.get("creator", "")),
            "rights": str(front["rights"]),
            "note": str(front["note"]),
            "body": f"{passage(number)}.",
        }
    for folder, kind in (("events", "event"), ("figures", "figure"), ("statements", "statement")):
        for number, record in enumerate(_records()[folder]):
            values = {
                name: value[0] if isinstance(value, list) else value
                for name, value in record.items()
                if name not in ("source", "sources", "date", "as_of")
            }
            found[f"{kind}/{record['id']}"] = {
                **{name: str(value) for name, value in values.items()},
                "passage": passage(number),
                "locator": f"¶{number + 20}",
                "document": f"doc-{number}",
                "address": f"https://example.org/{number}?a=1&b={{2}}%20_c",
            }
    return found
