"""Reads each format by a program of others, and gives the texts of each record."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any, Final

import bibtexparser
import icalendar
import rdflib
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc.source.json import CiteProcJSON
from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from milatui.catalogue.scope import Scope
from milatui.export.formats import DATED, FORMATS, plan_export, write_export
from milatui.export.remarks import Remarks
from milatui.export.scope_records import ScopeRecords

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milatui.catalogue.catalogue import Catalogue
    from milatui.export.formats import FormatName

Texts = dict[str, list[str]]
"""The texts of each record, by its location."""

_NOTE: Final = re.compile(r"\[((?:partner|person|event|figure|statement)/[^\]\s]+)\] ")


def exported(catalogue: Catalogue, name: FormatName) -> tuple[str, Remarks]:
    """Returns the whole export of a catalogue, and what is said about it.

    Returns:
        The text; the remarks.
    """
    kinds = frozenset[str](DATED) if name in ("ics", "timelinejs") else frozenset[str]()
    records = ScopeRecords(catalogue, Scope(kinds=kinds))
    remarks = Remarks()
    return "".join(write_export(records, plan_export(records, name), remarks)), remarks


def read_back(name: FormatName, text: str) -> Texts:
    """Returns the texts of each record as a reader of the format gives them."""
    found: Texts = {}
    for location, texts in _READERS[name](text):
        found.setdefault(location, []).extend(texts)
    return found


def _leaves(value: Any) -> Iterator[str]:
    """Yields all texts and numbers in a value."""
    if isinstance(value, dict):
        for item in value.values():
            yield from _leaves(item)
    elif isinstance(value, list | tuple | set):
        for item in value:
            yield from _leaves(item)
    else:
        yield str(value)


def _notes(text: str, *work: str) -> Iterator[tuple[str, list[str]]]:
    """Yields the notes of a work with the location of the record; ``work``: what names it."""
    parts = _NOTE.split(text)
    for location, note in zip(parts[1::2], parts[2::2], strict=True):
        yield location, [location.partition("/")[2], note, *work]


def _own(text: str) -> str:
    """Returns what stands before the notes of a work: the user's own note."""
    return _NOTE.split(text)[0]


def _csl(text: str) -> Iterator[tuple[str, list[str]]]:
    items = json.loads(text)
    known = CiteProcJSON([{k: v for k, v in item.items() if k != "custom"} for item in items])
    for item in items:
        reference = dict(known[item["id"]])
        notes = str(reference.pop("annote", ""))
        read = reference.pop("accessed", None)
        day = f"{read.year}-{read.month:02}-{read.day:02}" if read else ""
        texts = [*_leaves(reference), *_leaves(item["custom"])]
        yield item["archive_location"], [item["id"], day, *texts, _own(notes)]
        yield from _notes(notes, item["id"], item["URL"])


def _bibtex(text: str) -> Iterator[tuple[str, list[str]]]:
    decoding = LatexDecodingMiddleware(decoder=_latex_decoder())
    library = bibtexparser.parse_string(text, append_middleware=[decoding])
    assert not library.failed_blocks
    # What is verbatim in an address is not TeX.
    plain = bibtexparser.parse_string(text).entries
    addresses = {entry.key: str(entry.fields_dict["url"].value) for entry in plain}
    for entry in library.entries:
        fields = {key: str(field.value) for key, field in entry.fields_dict.items()}
        notes = fields.pop("annotation", "")
        location = fields["library"].rpartition(", ")[2]
        yield location, [entry.key, *fields.values(), addresses[entry.key], _own(notes)]
        yield from _notes(notes, entry.key, addresses[entry.key])


def _latex_decoder() -> LatexNodes2Text:
    """Returns a decoder that knows commands of LaTeX which pylatexenc lacks or mistakes."""
    commands = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
    known = get_default_latex_context_db()
    known.add_context_category(
        "text symbols",
        macros=[MacroTextSpec(name, simplify_repl=sign) for name, sign in commands.items()],
        prepend=True,
    )
    return LatexNodes2Text(latex_context=known, keep_comments=True)


def _ris(text: str) -> Iterator[tuple[str, list[str]]]:
    for reference in rispy.loads(text):
        notes = reference.pop("notes", [])
        yield reference["accession_number"], [*_leaves(reference), *map(_own, notes)]
        for note in notes:
            yield from _notes(note, reference["id"], *reference["urls"])


def _csv(text: str) -> Iterator[tuple[str, list[str]]]:
    for row in csv.DictReader(io.StringIO(text, newline="")):
        # The apostrophe that makes a cell harmless is not shown by a spreadsheet.
        cells = [cell.removeprefix("'") for cell in row.values()]
        yield row["location"], [row["location"].partition("/")[2], *cells]


def _ics(text: str) -> Iterator[tuple[str, list[str]]]:
    for event in icalendar.Calendar.from_ical(text).walk("VEVENT"):
        location = str(event["UID"]).partition("@")[0]
        categories = event["CATEGORIES"].cats
        texts = [str(event[name]) for name in event if name != "CATEGORIES"]
        yield location, [location.partition("/")[2], *texts, *map(str, categories)]


def _timelinejs(text: str) -> Iterator[tuple[str, list[str]]]:
    for slide in json.loads(text)["events"]:
        location = slide["unique_id"]
        texts = [re.sub(r"<[^>]*>", " ", leaf) for leaf in _leaves(slide)]
        links = re.findall(r'href="([^"]*)"', slide["text"]["text"])
        yield location, [location.partition("/")[2], *map(_unescaped, [*texts, *links])]


def _unescaped(text: str) -> str:
    import html

    return html.unescape(text)


def _ftm(text: str) -> Iterator[tuple[str, list[str]]]:
    entities = [json.loads(line) for line in text.splitlines()]
    names = {
        entity["id"]: entity["properties"].get("name", [""])[0]
        for entity in entities
        if entity["id"].startswith(("partner-", "person-"))
    }
    for entity in entities:
        kind, _dash, identifier = entity["id"].partition("-")
        leaves = list(_leaves(entity["properties"]))
        referred = [leaf.partition("-")[2] for leaf in leaves if re.match(r"[a-z]+-\w", leaf)]
        named = [names[leaf] for leaf in leaves if leaf in names]
        yield f"{kind}/{identifier}", [identifier, *leaves, *referred, *named]


def _schema_org(text: str) -> Iterator[tuple[str, list[str]]]:
    graph = rdflib.Graph()
    graph.parse(data=text, format="json-ld")
    name = rdflib.URIRef("https://schema.org/name")
    for subject in set(graph.subjects()):
        location = str(subject).removeprefix("urn:milatui:")
        if isinstance(subject, rdflib.URIRef) and location != str(subject):
            leaves = list(_closure(graph, subject))
            named = [str(graph.value(leaf, name)) for leaf in leaves]
            texts = [str(leaf).removeprefix("urn:milatui:") for leaf in leaves]
            ids = [each.partition("/")[2] for each in texts if each.count("/") == 1]
            yield location, [location.partition("/")[2], *texts, *ids, *named]


def _closure(graph: rdflib.Graph, subject: rdflib.term.Node) -> Iterator[rdflib.term.Node]:
    """Yields what a node says, that of blank nodes in it included."""
    for value in graph.objects(subject):
        yield value
        if isinstance(value, rdflib.BNode):
            yield from _closure(graph, value)


_READERS: Final = {
    "csl-json": _csl,
    "bibtex": _bibtex,
    "ris": _ris,
    "csv": _csv,
    "ics": _ics,
    "timelinejs": _timelinejs,
    "ftm": _ftm,
    "schema-org": _schema_org,
}
assert set(_READERS) == set(FORMATS)
