"""Makes the tables of docs/export.md: which values each format keeps, and what becomes of dates.

``python -m tests.export.kept_fields`` writes them; a test compares.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from milatui.archive.sanitize import sanitize
from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.labels.labels import format_number, kind_label
from milatui.export.formats import FORMATS
from milatui.i18n import set_language
from milatui.index.builder.build import build
from tests.export.planted import DATES, planted_values, write_planted
from tests.export.readers import Texts, exported, read_back
from tools.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE: Final = ROOT / "docs" / "export.md"
_TABLES: Final = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- /table -->)", re.DOTALL)
_WHOLE: Final = ("language",)
"""Fields whose values are so short that they count only as a whole text."""
_LANGUAGES: Final = ("fr", "fra", "french")
_YES: Final = "yes"


def kept_fields(catalogue: Catalogue) -> str:
    """Returns a Markdown table: a row for each field, a column for each format.

    Raises:
        AssertionError: a format keeps a field of some records and not of others.
    """
    read = {name: read_back(name, exported(catalogue, name)[0]) for name in FORMATS}
    planted = planted_values()
    rows = dict.fromkeys(
        (location.partition("/")[0], field) for location in planted for field in planted[location]
    )
    lines = [f"| value | {' | '.join(FORMATS)} |", "|---" * (len(FORMATS) + 1) + "|"]
    for kind, field in rows:
        cells = [_kept(kind, field, read[name], planted, name) for name in FORMATS]
        lines.append(f"| {kind}: {field.replace('_', ' ')} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _kept(
    kind: str, field: str, read: Texts, planted: Mapping[str, Mapping[str, str]], name: str
) -> str:
    """Returns whether a format keeps a field of all records of a kind that it holds."""
    there = {
        location: _is_in(field, values[field], read[location])
        for location, values in planted.items()
        if location.startswith(f"{kind}/") and location in read and values[field]
    }
    assert len(set(there.values())) == 1, (name, kind, field, there)
    return _YES if all(there.values()) else ""


def _is_in(field: str, value: str, texts: list[str]) -> bool:
    forms = {value, kind_label(value), format_number(value), value.replace("_", " ")}
    if field == "language":
        forms = set(_LANGUAGES)
    if field == "accessed":
        forms.add(value.replace("-", "/"))
    forms |= {"news": {"article-newspaper"}, "blog": {"post-weblog"}}.get(value, set())
    if field == "address":
        forms.add(value.replace("{", "%7B").replace("}", "%7D"))
    if field in ("partners", "partner", "organisation"):
        forms.add(f"{value.replace('firm-', 'Firm ')} Ltd")
    if field in ("people", "speaker"):
        forms.add(value.replace("person-", "Person "))
    if field == "rank":
        forms.add("superseded")
    if field == "qualifier":
        forms.add(value.replace("-", " "))
    cleaned = [_spaced(text) for text in texts]
    for form in map(_spaced, forms):
        pattern = re.compile(rf"(?<!\w){re.escape(form)}(?!\w)")
        if form in cleaned or (field not in _WHOLE and any(map(pattern.search, cleaned))):
            return True
    return False


def _spaced(text: str) -> str:
    return " ".join(sanitize(text, multiline=False).split())


def dates_table(catalogue: Catalogue) -> str:
    """Returns a Markdown table: what each format writes for a date of each precision."""
    texts = {name: exported(catalogue, name)[0] for name in FORMATS}
    lines = [f"| EDTF | {' | '.join(FORMATS)} |", "|---" * (len(FORMATS) + 1) + "|"]
    for number, date in enumerate(DATES):
        cells = [_date_of(name, texts[name], number) for name in FORMATS]
        lines.append(f"| `{date}` | {' | '.join(f'`{c}`' if c else '-' for c in cells)} |")
    return "\n".join(lines)


_DATE_PATTERNS: Final = {
    "csl-json": r'"id": "doc-{n}".*?"issued": (\{{[^}}]*\}})',
    "bibtex": r"\{{doc-{n},[^@]*?\n  date = \{{([^}}]*)\}}",
    "ris": r"ID  - doc-{n}\r\n(?:(?!ER).*\r\n)*?DA  - (.*)\r",
    "ics": r"UID:event/event-{n}@.*\r\nDTSTAMP.*\r\n((?:DT.*\r\n)+)",
    "timelinejs": r'"unique_id": "event/event-{n}", (.*)',
    "ftm": r'"id": "event-event-{n}".*?"properties": \{{(.*)\}}\}}',
    "schema-org": r'"@id": "milatui:event/event-{n}", (.*)\}}',
}


def _date_of(name: str, text: str, number: int) -> str:
    """Returns how a format writes the date of the document or event of a number."""
    if name == "csv":
        rows = csv.DictReader(io.StringIO(text, newline=""))
        return next(row["date"] for row in rows if row["location"] == f"event/event-{number}")
    match = re.search(_DATE_PATTERNS[name].format(n=number), text)
    found = match[1].strip() if match else ""
    if name == "ics":
        days = re.findall(r"(DTSTART|DTEND);VALUE=DATE:(\d+)", found)
        return " ".join(f"{key} {day}" for key, day in days)
    if name == "timelinejs":
        dates = re.findall(r'"(start|end)_date": \{"display_date": "[^"]*", ([^}]*)\}', found)
        words = re.search(r'.*"display_date": "([^"]*)"', found)
        parts = [f"{end} {'-'.join(re.findall(r'[0-9]+', numbers))}" for end, numbers in dates]
        return ", ".join((*parts, words[1])) if words else ""
    if name in ("ftm", "schema-org"):
        keys = (
            r'"(date|startDate|endDate|@value)": \[?"([^"]+)"'
            if name == "ftm"
            else (
                r'"(startDate|endDate|dct:date)": (?:\{"@type": "edtf:EDTF", "@value": )?"([^"]+)"'
            )
        )
        return " ".join(f"{key} {value}" for key, value in re.findall(keys, found))
    return found.replace('"', "") if name == "csl-json" else found


def page(text: str, catalogue: Catalogue) -> str:
    """Returns the page with the present tables between its markers."""
    tables = {"kept": kept_fields(catalogue), "dates": dates_table(catalogue)}
    return _TABLES.sub(lambda found: f"{found[1]}{tables[found[2]]}\n{found[3]}", text)


def main() -> None:
    """Writes the tables."""
    set_language("en")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        build(write_planted(root / "archive"), root / "index")
        catalogue = Catalogue.open(root / "index")
        PAGE.write_text(page(PAGE.read_text("utf-8"), catalogue), "utf-8")
        catalogue.close()


if __name__ == "__main__":
    main()
