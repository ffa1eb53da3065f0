"""Many threads use a catalogue that was just opened, in a process that has imported little."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from milatui.catalogue.catalogue import Catalogue

_PROGRAM = """
import random, sys
from pathlib import Path
from threading import Barrier, Thread

import milatui.tui.app
from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.location import Location
from milatui.catalogue.scope import Scope
from milatui.index.codec.arrayfile import release_mapped_files

FOLDER, EVERYTHING, THREADS = Path(sys.argv[1]), Scope(), 6
RECENT, FOUND = Scope(since="2020"), Scope(query="laboratory")

def found(query, scope=EVERYTHING, typing=False):
    def search(catalogue):
        result = catalogue.search(query, scope, limit=10, typing=typing, prepare=10)
        hits = [(hit.number, hit.snippet.text) for hit in result.hits]
        ways = [suggestion.text for suggestion in result.suggestions]
        facets = {name: list(counts) for name, counts in result.facets.items()}
        return result.total, hits, ways, facets, result.corrected_query, result.terms
    return search

def pages(catalogue):
    rows = catalogue.rows(range(0, catalogue.size, 9))
    return [catalogue.page(Location(row.kind, row.id)).text for row in rows]

def release(catalogue):
    catalogue.release_caches()
    release_mapped_files()

TASKS = (
    found("laborat", typing=True),
    found("laboratoires partenariats universite"),
    found('"corporate laboratory" OR near/5 mila'),
    found("laboratry amgn"),
    found("/lab.*/ kind:event since:2019", RECENT),
    found("zzzzqqq xxyyq"),
    pages,
    release,
    lambda catalogue: [row.number for row in catalogue.partners(FOUND)],
    lambda catalogue: catalogue.similar_ids("partner", "amgn"),
    lambda catalogue: list(catalogue.list_records("document", FOUND)),
    lambda catalogue: catalogue.info,
)

def run(number, catalogue, barrier, answers):
    order = list(range(len(TASKS)))
    random.Random(number).shuffle(order)
    barrier.wait()
    answers.append({task: TASKS[task](catalogue) for task in order})

sys.setswitchinterval(1e-5)
catalogue, barrier, answers = Catalogue.open(FOLDER), Barrier(THREADS), []
threads = [Thread(target=run, args=(n, catalogue, barrier, answers)) for n in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
alone = Catalogue.open(FOLDER)
expected = {number: task(alone) for number, task in enumerate(TASKS)}
print(len(answers), sum(answer == expected for answer in answers), len(expected[0][1]) > 0)
"""


def test_threads_that_load_everything_at_once_get_the_same_answers(catalogue: Catalogue) -> None:
    command = [sys.executable, "-c", _PROGRAM, str(catalogue.folder.parent)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.split() == ["6", "6", "True"]
