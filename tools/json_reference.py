"""Writes ``docs/json.md`` from what the commands print.

``python -m tools.generated`` runs it: the commands answer on the sample archive of the tests, and
every path of their JSON becomes a line. A path without a meaning here fails the test.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from pathlib import Path

from milatui.catalogue.location import Location
from milatui.catalogue.trail.steps import OpenStep, SearchStep
from milatui.catalogue.trail.trail_store import TrailStore, trail_file
from tests.fork_server import run_text
from tests.sample import write_sample
from tests.terminal import MILATUI
from tools.paths import ROOT

PAGE = ROOT / "docs" / "json.md"
_TABLES = re.compile(r"(<!-- table: (\S+) -->\n).*?(<!-- /table -->)", re.DOTALL)
_QUERIES = '{"id": 1, "query": "laboratory"}\n{"id": 2}\n'
_COMMANDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "search": (("search", "laboratory", "--json"), ("search", "laboratary", "from", "--json")),
    "stream": (("search", "--stdin"),),
    "saved": (("search", "--saved", "--json"),),
    "list": tuple(
        ("list", kind, "--json")
        for kind in ("partners", "people", "events", "documents", "figures", "statements")
    ),
    "show-record": (
        ("show", "partner/amgen", "--json"),
        ("show", "person/yoshua-bengio", "--json"),
        ("show", "event/amgen-lab-opens", "--json"),
    ),
    "show-view": (("show", "figures", "--json"),),
    "verify": (("verify", "report.txt", "--json"),),
    "check": (("check", "--json"),),
    "names": (("check", "--names", "--json", "--archive", "named"),),
    "diff": (("diff", "old", "--json"),),
    "note": (("note", "partner/amgen", "--star", "--tag", "pharma", "--text", "x", "--json"),),
    "trail": (("trail", "--json"),),
    "rerun": (("rerun", "memo.txt", "--json"),),
    "add": (("add", "--json", "new.md", "near.md", "known.md", "broken.jsonl"),),
}
_WHOLE = ("record",)
"""Objects that have the shape of a record, see archive-format.md."""
_MAPPINGS = (
    *("facets.*", "documents[].recognised", "old.counts", "new.counts"),
    *("documents[].findings[].values", "documents[].findings[].links"),
)
"""Objects whose keys are data."""
_NAMES: dict[type, str] = {
    dict: "object",
    list: "array",
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    type(None): "null",
}
_MEANINGS = {
    "add.records": "with `--accept CONFIDENCE`: what became of the findings",
    "records.written": "files of records that were written",
    "records.refused": "why findings that are sure enough could not become records",
    "findings": "what is recognised in the text, and what would be made of it",
    "findings.key": "names the finding within its document",
    "findings.kind": "`field`, `event`, `partner`, `organisation`, `person`, `quotation`,"
    " `figure` or `related`",
    "findings.confidence": "`certain`, `likely` or `unsure`",
    "findings.values": "what would be written, by name",
    "findings.links": "ids of the records that values refer to",
    "findings.record": "id of the record that would be extended; empty if one would be made",
    "findings.words": "the words at the first span",
    "findings.spans": "where the body says it: start and end in characters",
    "accepted": "whether the documents were written (`--accept`)",
    "items.last": "EDTF date of the newest event or document of the partner in the scope (the same "
    "as `date`), of the newest event or statement of the person",
    "items.partner": "id of the partner that the figure is about, if it names one",
    "items.role": "title of the latest role of the person",
    "items.organisation": "organisation of the latest role, as written",
    "items.roles": "roles of the person, each once, the latest first",
    "items.statements": "number of statements of the person in the scope",
    "roles.organisation": "organisation, as written",
    "roles.partner": "id of the organisation, if it is a partner of the archive",
    "roles.since": "first year in which the sources show the role",
    "roles.last": "last year in which they do",
    "roles.title": "title of the role",
    "announced": "EDTF date on which an event was made public, if its record says so",
    "dates": "the three dates of an event",
    "happened": "EDTF date on which it happened",
    "published": "EDTF date of the first of the documents that an event quotes",
    "citation": "reference to the record in one line",
    "citations": "the citations, in the order of the text",
    "verify.counts": "numbers of citations by what has become of them",
    "citations.status": "`stands`, `moved`, `changed` or `gone`",
    "citations.reason": "the same in a few words, in the interface language",
    "citations.location": "where the words, or the nearest ones, stand now; else empty",
    "citations.title": "title of the document or record, empty if it is gone",
    "citations.words": "the words as the text has them, empty if it cites a whole",
    "address": "location that is cited, as it stands in the text",
    "hash": "first digits of the SHA-256 of the document's text, as cited",
    "nearest": "the words of the document that are most like them, if they differ",
    "column": "column, from 1",
    "count": "events and documents of the partner in the scope",
    "counts": "numbers of records by kind, errors and warnings",
    "date": "EDTF date; of a partner: of its newest event or document in the scope",
    "sector": "sector of the partner as in its record, see archive-format.md",
    "status": "how the partnership stands by its evidence: `current`, `ended`, `past-end`, "
    "`silent` (nothing for two years before the archive's newest date) or `unknown`",
    "last_confirmed": "EDTF date of the newest event or document with the archive's own "
    "organisation",
    "announced_end": "EDTF date of the last announced end, from a relation or the term of an event",
    "since": "EDTF date of its oldest event or document with the archive's own organisation",
    "detail": "what the explorer shows beside the title, in the interface language",
    "document": "id of the quoted document",
    "documents": "what was recognised in each file",
    "duplicates": "documents that the archive has already",
    "duplicates.by": "`id` or `content`",
    "duplicates.of": "id of the document that is there",
    "end": "end of the link in `text`, in characters",
    "error": "why this line was not answered; then only `id` and `error` are there",
    "exact": "quoted words",
    "facets": "how much was found, by facet, then by value",
    "faults": "faults, in the order of files and lines",
    "file": "file, relative to the archive, or as given",
    "flags": "remarks such as a contradiction, in the interface language",
    "found": "whether the quoted words are in the document",
    "highlights": "matches in `text`, as [start, end] in characters",
    "hits": "the hits, best first, at most `--limit`",
    "id": "id of the record",
    "items": "the records, in the order of `--sort`",
    "kind": "kind: partner, person, event, figure, statement or document",
    "language": "BCP 47 language",
    "line": "line, from 1",
    "links": "links of the text",
    "links.location": "location to which the link leads",
    "location": "location: what `milatui LOCATION` opens",
    "locator": "place in the published original",
    "message": "what is wrong, in the interface language",
    "misread": "parts of the query that were not understood, as [start, end, why]",
    "name": "name under which the search is saved",
    "notes": "remarks on the query, in the interface language",
    "partial": "whether a limit of time or memory cut the search short",
    "partners": "ids of its partners",
    "path": "field, for example `sources[0].exact`",
    "documents.path": "path of the document within the archive",
    "prefix": "words before the quoted ones",
    "publisher": "publisher",
    "qualifier": "how exact the value is",
    "query": "the query as given",
    "recognised": "how a value was recognised, by key",
    "record": "the whole record; see [archive-format.md](archive-format.md)",
    "related": "hits without a word of the query, which are not part of `total`",
    "same": "locations of other versions of the text that match, too",
    "schema": "name and version of this shape",
    "score": "score; comparable within an answer only",
    "searches": "the saved searches",
    "severity": "`error` or `warning`",
    "show-record.sources.source": "address of the published original",
    "snippet": "the best passage",
    "source": "address of the published original",
    "sources": "each quotation of the record, with its document",
    "start": "start of the link in `text`, in characters",
    "stream.id": "the `id` of the line that was sent, whatever it is",
    "suffix": "words after the quoted ones",
    "suggestion": "the query with corrected spelling, or an empty string",
    "text": "the text of the passage or view",
    "title": "title, name or words",
    "took_ms": "milliseconds of the search",
    "total": "number of all that was found",
    "unit": "unit of the value",
    "url": "address of the published passage",
    "value": "the value as written",
    "added": "records that only the new state has",
    "removed": "records that only the old state has",
    "renamed": "records that differ in their id only",
    "renamed.old": "the record in the old state",
    "renamed.new": "the record in the new state",
    "changed": "records of both states that differ",
    "changed.values": "the values that differ, without a document's text",
    "values.change": "`added`, `removed`, `changed` or `order` (the same items in another order)",
    "values.old": "the value before, an empty string if it was added",
    "values.new": "the value now, an empty string if it was removed",
    "metadata.change": "as in `values`",
    "metadata.old": "the value before",
    "metadata.new": "the value now",
    "changed.text": "what differs in a document's text; null if nothing does",
    "text.removed": "number of words that only the old text has",
    "text.added": "number of words that only the new text has",
    "text.runs": "both texts in one, as runs of words; none if only white space differs",
    "names.items": "the organisations, those in most documents first",
    "names.items.name": "the form of its name that most documents use first",
    "names.items.documents": "ids of the documents that name it",
    "names.items.nearest": "id of the partner whose name is most like it; empty if none is",
    "names.total": "number of organisations",
    "short_names": "other forms of its name",
    "example": "a passage that names it; null if its words cannot be quoted",
    "example.document": "id of its document",
    "near": "what it is nearly the same as",
    "near.of": "id of the document that is most like it",
    "near.relation": "`reprint`, `version`, `follow-up` or `other-date` (the same words for another"
    " occasion)",
    "near.shared": "share of the words of one that the other has, from 0 to 1; the larger share",
    "near.family": "id of the first document of all that belong together",
    "near.recorded": "whether it is recorded as a version of that document",
    "runs.fate": "`same`, `removed` or `added`",
    "runs.text": "the words",
    "diff.old": "the state that is compared with",
    "diff.new": "the state that is compared with it",
    "old.counts": "numbers of records by kind, figures inside events included",
    "new.counts": "the same of the new state",
    "label": "what the state is called",
    "errors": "number of errors in its files",
    "unreadable": "records of one state that cannot be read in the other",
    "lost": "evidence of the old state that no longer stands",
    "loss": "`document-gone`, `document-unreadable`, `words-gone` or `source-gone`",
    "metadata": "what differs in `archive.yaml`",
    "star": "whether it has a star",
    "tags": "its tags",
    "note": "the note itself, an empty string for none",
    "items.changed": "when it was changed, as an ISO date and time in UTC",
    "note.items": "the notes",
    "note.total": "number of notes",
    "note.location": "location of the record",
    "visits": "the visits, the newest first",
    "began": "when its first step was taken, as an ISO date and time in UTC",
    "at": "when, as an ISO date and time in UTC",
    "trail.visits.searches": "searches whose answers were looked at, in order",
    "trail.visits.opened": "records that were opened, each once",
    "searches.found": "number of records that it found",
    "searches.hits": "locations of the first hits, at most 30",
    "digest": "first digits of the SHA-256 of the record, of a document of its text",
    "opened.title": "what it was called",
    "differs": "whether a search or an opened record differs",
    "same_archive": "whether the archive has the fingerprint that the memo names",
    "fingerprint": "SHA-256 of all records of the archive now",
    "rerun.searches": "the searches of the memo, in order",
    "rerun.opened": "the opened records of the memo, in order",
    "searches.location": "the search",
    "searches.then": "number of records that it found when the memo was written",
    "searches.now": "number of records that it finds now",
    "searches.new": "hits that the memo does not name; if it does not name all, those among the "
    "first 30",
    "searches.gone": "hits of the memo that it finds no longer",
    "searches.complete": "whether the memo names all hits",
    "searches.partial": "whether it was cut short because it took too long",
    "opened.status": "`same`, `changed`, `moved` (a document that has another id) or `gone`",
    "opened.now": "where it is now, empty if it is gone",
    "opened.location": "the record",
    "written": "whether the document was written",
}


def tables() -> dict[str, str]:
    """Returns a Markdown table of the JSON of each command."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = write_sample(folder / "archive")
        variables = {"CACHE": "cache", "DATA": "data", "CONFIG": "config", "STATE": "state"}
        env = os.environ | {f"XDG_{key}_HOME": str(folder / at) for key, at in variables.items()}
        env |= {"MILATUI_ARCHIVE": str(archive), "LC_ALL": "C.UTF-8"}
        words = "Something else that nobody has said before, in a dozen or more plain words."
        body = f"---\ntitle: A new text\nlanguage: en\n---\n\n{words}\n"
        _write_old(folder / "old")
        (folder / "new.md").write_text(body, encoding="utf-8")
        (folder / "near.md").write_text(body.replace("A new", "An old"), encoding="utf-8")
        (folder / "report.txt").write_text("<milatui:document/about>", encoding="utf-8")
        (folder / "known.md").write_bytes((archive / "documents" / "about.md").read_bytes())
        memo = "<milatui:search?q=denso#found=9> <milatui:event/x#hit=1> <milatui:event/x#opened=1>"
        (folder / "memo.txt").write_text(memo, encoding="utf-8")
        trail = TrailStore(folder / "state" / "milatui" / "trails" / trail_file(archive).name)
        search = Location("search", params=(("q", "denso"),))
        hit = Location("event", "denso-lab")
        trail.add("v", "", SearchStep("2026-11-28T11:54:00+00:00", search, 1, (hit,)))
        trail.add("v", "", OpenStep("2026-11-28T11:55:00+00:00", hit, "12ab34cd56ef", "Denso"))
        (folder / "broken.jsonl").write_text("{\n", encoding="utf-8")
        _write_named(folder / "named")
        _run(("search", "laboratory", "--save", "labs"), folder, env)
        return {
            name: _table(name, [_run(words, folder, env) for words in commands])
            for name, commands in _COMMANDS.items()
        }


def _write_old(folder: Path) -> None:
    """Writes the sample archive as it might have been before: every kind of difference occurs."""
    write_sample(folder)
    for file, now, before in (
        ("archive.yaml", "A sample", "An older sample"),
        ("partners/all.yaml", "name: Denso", "name: DENSO"),
        ("partners/all.yaml", "{id: cifar,", "{id: cifar-before,"),
        ("people/all.yaml", "- {id: hugo-larochelle, name: Hugo Larochelle}", ""),
        ("figures/all.yaml", "{id: universities,", "{id: universities-before, note: x,"),
        ("figures/all.yaml", "{id: area,", "{id: area, source: {document: about, exact: Undated},"),
        ("documents/2018/samsung-fr.md", "Le groupe ouvre", "Le groupe ouvre un laboratoire et"),
    ):
        text = (folder / file).read_text(encoding="utf-8")
        (folder / file).write_text(text.replace(now, before), encoding="utf-8")


def _write_named(folder: Path) -> None:
    """Writes the sample archive with an organisation that two documents name and no record has."""
    write_sample(folder)
    for name, verb in (("one", "opens"), ("two", "extends")):
        body = f"MONTREAL - Northern Robotics Inc. (“NR”) {verb} a laboratory with Mila."
        text = f"---\ntitle: Northern Robotics {verb} a laboratory\nlanguage: en\n---\n\n{body}\n"
        (folder / "documents" / f"{name}.md").write_text(text, encoding="utf-8")


def page(text: str) -> str:
    """Returns the page with the present tables between its markers."""
    present = tables()
    return _TABLES.sub(lambda found: f"{found[1]}{present.pop(found[2])}\n{found[3]}", text)


def _run(words: tuple[str, ...], folder: Path, env: dict[str, str]) -> str:
    given = _QUERIES if "--stdin" in words else ""
    return run_text([*MILATUI, *words], env, given, folder).stdout


def _table(name: str, printed: list[str]) -> str:
    types: dict[str, set[str]] = {}
    for text in printed:
        for line in text.splitlines():
            _collect(json.loads(line), "", types)
    lines = ["| path | type | meaning |", "|---|---|---|"]
    for path, found in types.items():
        if path and not path.endswith("[]"):
            lines.append(f"| `{path}` | {' or '.join(sorted(found))} | {_meaning(name, path)} |")
    return "\n".join(lines)


def _collect(value: object, path: str, types: dict[str, set[str]]) -> None:
    """Adds the type of ``value``, and those of what it holds, by path."""
    types.setdefault(path, set()).add(_NAMES[type(value)])
    if isinstance(value, dict) and path not in _WHOLE:
        for key, inner in value.items():
            below = f"{path}.{key}" if path else key
            if path == "facets":
                below = "facets.*"
            elif path in _MAPPINGS:
                below = f"{path}.*"
            _collect(inner, below, types)
    elif isinstance(value, list):
        for inner in value:
            _collect(inner, f"{path}[]", types)


def _meaning(name: str, path: str) -> str:
    words = path.replace("[]", "").split(".")
    if words[-1] == "*" or (words[0] == "counts" and len(words) > 1):
        return ""
    candidates = (f"{name}.{'.'.join(words)}", ".".join(words[-2:]), words[-1])
    found = next((key for key in candidates if key in _MEANINGS), None)
    if found is None:
        raise KeyError(f"{name}: {path} has no meaning in {__file__}")
    return _MEANINGS[found]
