"""Parts of other packages that are never used are not loaded, and can be loaded afterwards."""

from __future__ import annotations

import pickle
import subprocess
import sys
from threading import Thread

import pytest

from milatui.stand_in import stand_in

_INTERFACE = """
import sys
import milatui.tui.app
print("textual.command" in sys.modules, "textual.widgets._option_list" in sys.modules)
from textual.command import CommandPalette
print(CommandPalette.__module__, bool(CommandPalette.BINDINGS))
"""
_COMMAND = """
import sys
import milatui.cli.commands.search, milatui.cli.index_access
import milatui.catalogue.search.search_records
print("dataclasses" in sys.modules, "inspect" in sys.modules)
import inspect
import numpy
print(inspect.signature(numpy.mean).parameters["axis"].name, "mean" in numpy.mean.__doc__)
"""
_SEARCH = """
import sys
import milatui.catalogue.search.search_records
print("http.client" in sys.modules, "asyncio" in sys.modules)
from urllib.request import urlopen
print(urlopen.__module__, callable(urlopen))
"""


@pytest.mark.parametrize(
    ("source", "afterwards"),
    [
        (_INTERFACE, "textual.command True"),
        (_COMMAND, "axis True"),
        (_SEARCH, "urllib.request True"),
    ],
    ids=["palette", "command", "http"],
)
def test_what_is_not_used_is_not_loaded_and_can_be(source: str, afterwards: str) -> None:
    command = [sys.executable, "-c", source]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["False False", afterwards]


def test_a_search_starts_no_threads() -> None:
    source = (
        "import os, milatui.catalogue.search.search_records; print(os.listdir('/proc/self/task'))"
    )
    command = [sys.executable, "-c", source]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.count("'") == 2


_VARIATIONS = """
import sys
import milatui.index.search
from whoosh.fields import TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.query import Variations
loaded = "whoosh.lang.morph_en" in sys.modules
index = RamStorage().create_index(Schema(text=TEXT))
writer = index.writer()
writer.add_document(text="two robots")
writer.commit()
with index.searcher() as searcher:
    print(loaded, len(searcher.search(Variations("text", "robot"))))
"""


def test_stock_queries_of_variations_work() -> None:
    command = [sys.executable, "-c", _VARIATIONS]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "1"]


def test_a_stand_in_gives_the_names_it_is_told() -> None:
    with stand_in("milatui_no_such_module", answer=42):
        from milatui_no_such_module import Other, answer  # type: ignore[import-not-found]

        assert answer == 42
        assert isinstance(Other(), Other)
    assert "milatui_no_such_module" not in sys.modules


def test_a_module_that_is_loaded_stays() -> None:
    with stand_in("subprocess"):
        assert sys.modules["subprocess"] is subprocess
    assert sys.modules["subprocess"] is subprocess


_LINEAR_ALGEBRA = """
import sys
import milatui.index.search
import numpy as np
print("numpy.linalg" in sys.modules, "numpy._typing" in sys.modules)
print(np.matrix([[2, 1], [0, 2]]) ** 3 == [[8, 12], [0, 8]])
print(np.roots([1, -3, 2]).tolist(), np.linalg.det(np.eye(2)), np.polyfit([0, 1], [1, 2], 1))
"""


def test_linear_algebra_is_loaded_when_it_is_used() -> None:
    command = [sys.executable, "-W", "ignore", "-c", _LINEAR_ALGEBRA]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    first, *rest = done.stdout.splitlines()
    assert first == "False False"
    assert rest == ["[[ True  True]", " [ True  True]]", "[2.0, 1.0] 1.0 [1. 1.]"]


_STEMS = """
import sys
import milatui.index.search
from whoosh.analysis import DoubleMetaphoneFilter, RegexTokenizer, StemFilter
loaded = [name for name in ("porter", "dmetaphone") if f"whoosh.lang.{name}" in sys.modules]
print(loaded, [t.text for t in (RegexTokenizer() | StemFilter())("partnerships")])
print([t.text for t in (RegexTokenizer() | DoubleMetaphoneFilter())("partner")])
"""


def test_stock_filters_of_whoosh_work() -> None:
    command = [sys.executable, "-c", _STEMS]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[] ['partnership']", "['PRTNR']"]


def test_a_package_does_not_keep_a_stand_in() -> None:
    with stand_in("xml.milatui_no_such_module"):
        from xml import milatui_no_such_module  # type: ignore[attr-defined]

        assert milatui_no_such_module.Anything
        vars(sys.modules["xml"])["milatui_no_such_module"] = milatui_no_such_module
    assert not hasattr(sys.modules["xml"], "milatui_no_such_module")


_PICKLED = """
import pickle, subprocess, sys
import milatui.index.search
from whoosh.analysis import StemmingAnalyzer
from whoosh.fields import TEXT, Schema
from whoosh.filedb.filestore import RamStorage
RamStorage().create_index(Schema(text=TEXT(analyzer=StemmingAnalyzer())))
from whoosh.analysis.morph import stem
sys.stdout.buffer.write(pickle.dumps(stem))
"""


def test_a_deferred_function_is_pickled_as_itself() -> None:
    done = subprocess.run([sys.executable, "-c", _PICKLED], capture_output=True, check=True)
    from whoosh.lang.porter import stem

    assert pickle.loads(done.stdout) is stem  # noqa: S301 - what was written above
    assert b"milatui" not in done.stdout


_ONE_SHOT = """
import gc, sys
from milatui import __main__ as program
gc.disable()
import milatui.cli.commands.search, milatui.cli.index_access
import milatui.catalogue.search.search_records
print(gc.get_count()[0] < 0.7 * program._GARBAGE)
print([name for name in sys.argv[1:] if name in sys.modules])
"""


def test_a_command_that_searches_loads_no_more_than_it_needs() -> None:
    needless = (
        "platform",
        "shutil",
        "tempfile",
        "milatui.archive.records",
        "milatui.catalogue.lists.activity_rows",
        "milatui.catalogue.lists.timeline",
        "milatui.catalogue.lists.partners",
    )
    command = [sys.executable, "-c", _ONE_SHOT, *needless]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    # Its own objects come on top of those of its imports: no garbage is looked for meanwhile.
    assert done.stdout.splitlines() == ["True", "[]"]


_OTHER_THREAD = """
import sys
from threading import Thread
from milatui.stand_in import Deferred, stand_in

found = []

def read():
    from html import unescape
    import html.entities
    import shutil
    found.extend((unescape("&eacute;"), html.entities.html5["amp;"]))
    found.append(shutil.which("sh") is not None)
    import html
    found.append(html.escape("<"))

with stand_in("html"), stand_in("shutil", copyfileobj=Deferred("shutil", "copyfileobj")):
    thread = Thread(target=read)
    thread.start()
    thread.join()
    from html import escape
    import shutil
print(*found, shutil.which("sh") is not None, sys.modules["html"].escape("&"))
"""


def test_another_thread_gets_the_module_itself() -> None:
    command = [sys.executable, "-c", _OTHER_THREAD]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["é", "&", "True", "&lt;", "True", "&amp;"]


def test_a_stand_in_of_another_thread_is_left_alone() -> None:
    made = []

    def import_it() -> None:
        with stand_in("milatui_no_such_module", answer=1):
            made.append(sys.modules["milatui_no_such_module"])

    with stand_in("milatui_no_such_module", answer=42):
        own = sys.modules["milatui_no_such_module"]
        thread = Thread(target=import_it)
        thread.start()
        thread.join()
        assert made == [own]
        assert sys.modules["milatui_no_such_module"] is own
    assert "milatui_no_such_module" not in sys.modules
