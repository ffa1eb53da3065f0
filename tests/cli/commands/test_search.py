"""Search, list and show on the sample archive, as people and as programs read them."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from milatui.archive.kinds import KINDS
from milatui.catalogue.location import parse_location
from milatui.catalogue.search import query_gate

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ended

LISTS = ("partners", "people", "events", "documents", "figures", "statements")
LANGUAGES = ((), ("--lang", "fr"))


def test_search_json_has_the_promised_shape(run: Callable[..., Ended]) -> None:
    answer = run("search", "corporate", "laboratory", "--json").json
    assert answer["schema"] == "milatui.search/1"
    assert answer["query"] == "corporate laboratory"
    assert {"total", "took_ms", "suggestion", "facets", "hits"} <= answer.keys()
    assert answer["total"] >= len(answer["hits"]) > 0
    for hit in answer["hits"]:
        assert hit.keys() == {
            *("id", "kind", "title", "date", "partners", "language", "score"),
            *("snippet", "location", "same"),
        }
        assert hit["kind"] in KINDS
        location = parse_location(hit["location"])
        assert (location.view, location.id) == (hit["kind"], hit["id"])
        text = hit["snippet"]["text"]
        for start, end in hit["snippet"]["highlights"]:
            assert 0 <= start < end <= len(text)
    lit = [
        hit["snippet"]["text"][start:end].lower()
        for hit in answer["hits"]
        for start, end in hit["snippet"]["highlights"]
    ]
    assert any("corporate" in words for words in lit)


@pytest.mark.parametrize("form", ["", "--json", "--jsonl"])
def test_a_search_that_is_cut_short_says_so(
    run: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr(query_gate, "FIRST_CPU_LIMIT", -1.0)
    ended = run("search", "corporate", *form.split())
    note = "The search took too long: this is what it found so far."
    if form == "--json":
        assert ended.json["partial"] is True
        assert ended.json["notes"] == [note]
    else:
        assert note in ended.err


def test_jsonl_gives_the_same_hits_in_the_same_order(run: Callable[..., Ended]) -> None:
    hits = run("search", "mila", "--json").json["hits"]
    assert run("search", "mila", "--jsonl").lines == hits
    ids = [hit["id"] for hit in hits]
    assert len(ids) > 3
    text = run("search", "mila").out
    places = [text.index(hit["location"]) for hit in hits]
    assert places == sorted(places)


def test_filters_restrict_the_answer(run: Callable[..., Ended]) -> None:
    everything = run("search", "mila", "--json", "--limit", "1000").json
    events = run("search", "mila", "--kind", "events", "--json", "--limit", "1000").json
    assert {hit["kind"] for hit in events["hits"]} == {"event"}
    assert 0 < events["total"] < everything["total"]
    french = run("search", "mila", "--kind", "document", "--lang", "fr", "--json").json
    assert {hit["language"] for hit in french["hits"]} == {"fr"}
    later = run("search", "mila", "--kind", "event", "--from", "2023", "--json").json
    assert 0 < later["total"] < events["total"]
    assert all(hit["date"] >= "2023" for hit in later["hits"])
    assert len(run("search", "mila", "--limit", "2", "--json").json["hits"]) == 2


def test_a_search_for_nothing_but_a_partner_lists_newest_first(run: Callable[..., Ended]) -> None:
    hits = run("search", "--partner", "amgen", "--kind", "event", "--json").json["hits"]
    dates = [hit["date"] for hit in hits]
    assert len(dates) > 1
    assert dates == sorted(dates, reverse=True)


def test_an_empty_answer_is_exit_code_1_and_says_what_would_match(
    run: Callable[..., Ended],
) -> None:
    ended = run("search", "laboratory", "--from", "1900", "--to", "1901")
    assert (ended.code, ended.out) == (1, "")
    assert "nothing found" in ended.err
    assert "Without" in ended.err
    listed = run("list", "events", "--partner", "amgen", "--to", "1901")
    assert (listed.code, listed.out) == (1, "")
    assert "Without “until 1901”" in listed.err


@pytest.mark.parametrize("what", LISTS)
def test_every_list_says_the_same_in_every_format(run: Callable[..., Ended], what: str) -> None:
    whole = run("list", what, "--json")
    items = whole.json["items"]
    assert whole.json["schema"] == "milatui.list/1"
    assert whole.json["total"] == len(items) > 0
    assert run("list", what, "--jsonl").lines == items
    rows = list(csv.DictReader(io.StringIO(run("list", what, "--csv").out)))
    assert [row["location"] for row in rows] == [item["location"] for item in items]
    text = run("list", what).out
    assert len(text.splitlines()) == len(items)
    for item, line in zip(items, text.splitlines(), strict=True):
        assert {"id", "kind", "title", "date", "location"} <= item.keys()
        assert item["id"] in line


def test_figures_are_listed_for_programs_as_written(run: Callable[..., Ended]) -> None:
    english = run("list", "figures", "--json")
    assert all({"value", "unit", "qualifier"} <= item.keys() for item in english.json["items"])
    assert run("--lang", "fr", "list", "figures", "--json").out == english.out
    assert "researchers" in {item["title"] for item in english.json["items"]}
    for form in ("--jsonl", "--csv"):
        answer = run("list", "figures", form).out
        assert run("--lang", "fr", "list", "figures", form).out == answer


def test_figures_are_found_for_programs_as_written(run: Callable[..., Ended]) -> None:
    query = ("search", "kind:figure", "--json")
    titles = [[hit["title"] for hit in run(*words, *query).json["hits"]] for words in LANGUAGES]
    assert titles[0] == titles[1]
    assert "floor area" in titles[0]


def test_figures_are_shown_to_readers_by_their_translated_measure(
    run: Callable[..., Ended],
) -> None:
    for command in (("list", "figures"), ("search", "kind:figure")):
        english, french = (run(*words, *command).out for words in LANGUAGES)
        assert "floor area" in english
        assert "floor area" not in french
        assert "surface des locaux" in french


def test_list_sorts_and_limits(run: Callable[..., Ended]) -> None:
    titles = [i["title"] for i in run("list", "partners", "--sort", "name", "--json").json["items"]]
    assert titles == sorted(titles, key=str.casefold)
    answer = run("list", "events", "--limit", "2", "--sort", "oldest", "--json").json
    assert answer["total"] > 2
    assert len(answer["items"]) == 2
    assert answer["items"][0]["date"] <= answer["items"][1]["date"]


def test_show_prints_the_page_with_the_proving_words_marked(run: Callable[..., Ended]) -> None:
    ended = run("show", "partner/amgen")
    assert ended.code == 0
    assert ended.out.startswith("Amgen\n")
    assert "*a corporate laboratory in the Mila building*" in ended.out


def test_show_json_gives_the_record_with_its_sources(run: Callable[..., Ended]) -> None:
    shown = run("show", "partner/amgen", "--json").json
    assert shown["schema"] == "milatui.show/1"
    assert shown["record"]["id"] == "amgen"
    quoted = {source["exact"]: source for source in shown["sources"]}
    source = quoted["biotechnology group"]
    assert source["document"] == "amgen-lab"
    assert source["found"] is True
    assert source["location"] == "document/amgen-lab#from=partner/amgen"
    document = run("show", source["location"], "--json").json
    assert "corporate laboratory" in document["record"]["body"]


@pytest.mark.parametrize("what", LISTS)
def test_every_listed_location_can_be_shown(run: Callable[..., Ended], what: str) -> None:
    for item in run("list", what, "--json").json["items"]:
        assert run("show", item["location"]).code == 0
        assert run("show", item["location"], "--json").json["record"]["id"] == item["id"]


def test_show_of_nothing_is_exit_code_1_and_names_the_nearest(run: Callable[..., Ended]) -> None:
    ended = run("show", "partner/amgn")
    assert (ended.code, ended.out) == (1, "")
    assert "partner/amgen" in ended.err


def test_a_stream_answers_in_order_and_survives_bad_lines(
    run: Callable[..., Ended], spawn: Callable[..., subprocess.CompletedProcess[bytes]]
) -> None:
    asked = [
        b'\xef\xbb\xbf\xef\xbb\xbf{"id": 7, "query": "laboratory", "limit": 1}',
        b"",
        b"not json",
        b'{"id": "x", "query": 5}',
        b'{"id": [1], "query": "labo", "typing": true}',
        b"\xff\xfe",
        b'{"id": 8, "query": "amgen", "limit": -1}',
        b"[" * 100_000,
        b'{"query": "\xc3\xa9t\xc3\xa9"}',
    ]
    ended = spawn("search", "--stdin", stdin=b"\n".join(asked))
    answers = [json.loads(line) for line in ended.stdout.decode().splitlines()]
    assert ended.returncode == 0
    assert [a["id"] for a in answers] == [7, None, "x", [1], None, 8, None, None]
    assert ["error" in a for a in answers] == [False, True, True, False, True, True, True, False]
    assert len(answers[0]["hits"]) == 1
    alone = run("search", "laboratory", "--limit", "1", "--json").json
    assert [h["id"] for h in answers[0]["hits"]] == [h["id"] for h in alone["hits"]]
    assert b"Traceback" not in ended.stderr


def test_a_stream_takes_json_as_each_answer_is_and_no_other_form(
    run: Callable[..., Ended], spawn: Callable[..., subprocess.CompletedProcess[bytes]]
) -> None:
    ended = spawn("search", "--stdin", "--json", stdin=b'{"id": 7, "query": "laboratory"}')
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert json.loads(ended.stdout)["id"] == 7
    for other in (["--jsonl"], ["--queries", "file"], ["--absence"], ["--save", "x"]):
        assert run("search", "--stdin", *other).code == 2


@pytest.mark.parametrize("options", [["lab", "--absence", "--json"], ["--queries", "/dev/null"]])
def test_a_search_is_not_saved_by_a_command_line_that_is_refused(
    run: Callable[..., Ended], options: list[str]
) -> None:
    assert run("search", *options, "--save", "refused").code == 2
    assert "refused" not in run("search", "--saved").out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_a_file_of_queries_is_read_in_the_encoding_that_it_has(
    run: Callable[..., Ended], tmp_path: Path, encoding: str
) -> None:
    queries = tmp_path / "queries.txt"
    queries.write_bytes("# comment\nlaboratory\nsociété d’été\n".encode(encoding))
    rows = [line.split("\t") for line in run("search", "--queries", str(queries)).out.splitlines()]
    assert [row[2] for row in rows[1:]] == ["laboratory", "société d’été"]
    assert int(rows[1][0]) > 0


def test_a_stream_takes_no_words_of_the_command_line(run: Callable[..., Ended]) -> None:
    assert run("search", "lab", "--stdin").code == 2


def test_other_editions_of_a_text_are_named_with_it(run: Callable[..., Ended]) -> None:
    documents = ("--kind", "document", "--partner", "ai-sweden")
    [hit] = run("search", "sweden", *documents, "--json").json["hits"]
    assert {hit["location"], *hit["same"]} == {"document/sweden-en", "document/sweden-fr"}
    ended = run("search", "sweden", *documents)
    assert f"  the same text: {hit['same'][0]}\n" in ended.out
    assert ended.err.startswith("2 found")
