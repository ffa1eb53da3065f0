"""One word, one meaning: terms of the field lead to their module, and names are told apart."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import milatui
from tests.syntax_trees import parse_folder
from tools.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(milatui.__file__).parent
MOST_TWICE = 5
"""File names that occur in several packages."""
MANY = 14
"""Modules at most that a search of definitions for a term may show."""
TERMS = {
    "inverted index": "index/builder/posting_runs.py",
    "posting": "index/codec/postings.py",
    "term dictionary": "index/codec/terms.py",
    "document frequencies": "index/store/deletions.py",
    "segment": "index/codec/codec.py",
    "stored fields": "index/codec/stored.py",
    "term vector": "index/codec/vectors.py",
    "tokenizer": "index/analysis/tokenizer.py",
    "stop word": "index/analysis/stopwords.py",
    "stemmer": "index/analysis/stemmer.py",
    "analyzer": "index/analysis/analyzers.py",
    "schema": "index/schema.py",
    "bm25": "index/scoring/bm25.py",
    "weighting": "index/scoring/weighting.py",
    "relevance feedback": "index/scoring/feedback.py",
    "collector": "index/search/collector.py",
    "phrase": "index/search/positions.py",
    "facet": "catalogue/search/facets.py",
    "query parser": "index/query/parser.py",
    "term expansion": "index/query/term_expansion.py",
    "prefix": "index/query/prefix_expansion.py",
    "spelling": "index/query/corrections.py",
    "damerau": "index/query/corrections.py",
    "compound": "index/query/compounds.py",
    "generation": "index/store/generation.py",
    "manifest": "index/store/manifest.py",
    "lock": "index/store/build_lock.py",
    "highlight": "catalogue/search/highlight.py",
    "snippet": "catalogue/search/highlight.py",
    "suggestion": "catalogue/search/suggestions.py",
    "duplicates": "catalogue/search/duplicates.py",
    "explain": "catalogue/search/explain.py",
    "scope": "catalogue/scope.py",
    "citation": "catalogue/citations/citation.py",
    "edtf": "archive/edtf.py",
    "front matter": "archive/syntax/front_matter.py",
    "sanitize": "archive/sanitize.py",
    "textquoteselector": "archive/quotes/text_quote.py",
    "keymap": "tui/keymap.py",
    "clipboard": "tui/terminal/clipboard.py",
    "flow control": "tui/terminal/flow_control.py",
    "fork": "ssh/prefork/server.py",
    "systemd": "ssh/deploy/systemd.py",
}
BODIES = ("body", "orelse", "handlers", "finalbody", "cases")
"""Fields of syntax nodes that hold statements."""
AMBIGUOUS = re.compile(
    r"(^|_)(marks?|marked|places?|placed|kept|tell|told|say|said|asking|doubt\w*|kin|lit|unheard"
    r"|lament|sit|forget|hang|twins|vigil)(_|$)"
)
"""Words that had several meanings, or none of the field; no definition is named by them."""
SHARED = {
    # Every module of a kind has them: commands, attacks, programs.
    *("configure", "run", "attacks", "main", "check"),
    # Each of its own language, as the module says.
    *("parse", "render", "write_csv"),
    # Of a file of a Whoosh storage, and of a path.
    "crc32",
}
"""Names that several modules give to a function; all others lead to one."""
INHERITED = frozenset({"child"})
"""Attributes of Whoosh's classes that subclasses describe."""
THIRD_PERSON = re.compile(
    r"(?!(This|Its|Words|Rows|Names|Seconds|Bytes|Lines|Keys|Texts|Faults|Partners)\b)[A-Z][a-z-]+s\b"
)
"""How docstrings of functions begin: ``Returns ...``, ``Merges ...``; a property names a thing."""
INTERFACES = (
    *("archive/checks.py", "archive/loader.py", "archive/writer.py", "catalogue/catalogue.py"),
    *("index/codec/", "index/index_reader.py", "index/protocol.py"),
)
"""Modules that others build upon: their containers have a shape, an order or a unit."""
SHAPED = re.compile(r"\b(NDArray|Mask|Scores|TermNumbers|PositionLists|dict|Mapping|tuple)\b")
"""Types that say nothing of their parts: described wherever a public function has one."""
CONTAINER = re.compile(
    r"\b(list|dict|tuple|set|frozenset|Sequence|Iterable|Iterator|Mapping|Collection|NDArray)\b"
)
RESULT = re.compile(r"^(Returns|Yields|Iterates|Lists|Maps)\b|^(Returns|Yields):", re.MULTILINE)
"""What says which container comes out: a section, or the first line where it is enough."""
ALLOWED = {
    # A file's position, and Unicode's combining marks: words of their fields.
    *("index/codec/columns.py: tell", "archive/sanitize.py: _limit_combining_marks"),
    *("archive/sanitize.py: _excess_marks", "index/analysis/characters.py: marks"),
    "index/analysis/characters.py: needs_marks",
    # Cities and regions.
    *("catalogue/labels/vocabulary.py: _places", "catalogue/labels/vocabulary.py: place_label"),
    "catalogue/pages/common.py: partner_place",
    # The field said-by of a query.
    "catalogue/search/field_filters.py: _said_by",
}


def _trees() -> dict[str, ast.Module]:
    return parse_folder(SOURCE)


@cache
def _definitions(tree: ast.Module) -> list[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    """Returns the classes and functions, in the order of their depth."""
    kinds = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    found: list[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef] = []
    level: list[ast.AST] = [tree]
    while level:
        level = [child for node in level for field in BODIES for child in getattr(node, field, ())]
        found += [node for node in level if isinstance(node, kinds)]
    return found


@cache
def _headlines() -> dict[str, str]:
    """Returns by module: its path, the names it defines, and the docstrings of classes and itself.

    What a reader searches first. Words of names are separated by spaces.
    """
    found = {}
    for path, tree in _trees().items():
        classes = [node for node in _definitions(tree) if isinstance(node, ast.ClassDef)]
        docs = [ast.get_docstring(tree) or "", *(ast.get_docstring(c) or "" for c in classes)]
        names = [node.name.replace("_", " ") for node in _definitions(tree)]
        found[path] = " ".join([path.replace("_", " "), *names, *docs]).lower()
    return found


@pytest.mark.parametrize(("term", "module"), TERMS.items())
def test_a_term_of_the_field_leads_to_its_module(term: str, module: str) -> None:
    pattern = re.compile(rf"\b{re.escape(term)}")
    counts = {path: len(pattern.findall(text)) for path, text in _headlines().items()}
    first = sorted((path for path in counts if counts[path]), key=lambda path: -counts[path])
    assert module in first[:MANY], first


def test_no_two_classes_have_the_same_name() -> None:
    names = Counter(
        node.name
        for tree in _trees().values()
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_a_public_function_has_its_name_alone() -> None:
    functions = ast.FunctionDef | ast.AsyncFunctionDef
    names: dict[str, list[str]] = {}
    for path, tree in _trees().items():
        for node in tree.body:
            if isinstance(node, functions) and not node.name.startswith("_"):
                names.setdefault(node.name, []).append(path)
    twice = {name: paths for name, paths in names.items() if len(paths) > 1}
    assert set(twice) <= SHARED, {name: twice[name] for name in set(twice) - SHARED}


def test_no_definition_is_named_by_a_word_of_many_meanings() -> None:
    found = [
        f"{path}: {node.name}"
        for path, tree in _trees().items()
        for node in _definitions(tree)
        if AMBIGUOUS.search(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", node.name).lower())
    ]
    assert set(found) <= ALLOWED, set(found) - ALLOWED


def test_private_names_of_a_module_are_used_in_it() -> None:
    unused = []
    for path, tree in _trees().items():
        words = Counter(re.findall(r"\w+", (SOURCE / path).read_text(encoding="utf-8")))
        for node in tree.body:
            if isinstance(node, ast.AnnAssign | ast.Assign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                names = [target.id for target in targets if isinstance(target, ast.Name)]
            else:
                # What a decorator registers is called by what has the register.
                names = [] if getattr(node, "decorator_list", ()) else [getattr(node, "name", "")]
            unused += [
                f"{path}: {name}"
                for name in names
                if name.startswith("_") and not name.endswith("__") and words[name] == 1
            ]
    assert unused == []


def _is_property(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    decorators = map(ast.unparse, node.decorator_list)
    return any(name.endswith(("property", ".setter")) for name in decorators)


def test_docstrings_of_functions_begin_with_a_verb_in_the_third_person() -> None:
    found = [
        f"{path}:{node.lineno} {node.name}: {doc.splitlines()[0]}"
        for path, tree in _trees().items()
        for node in _definitions(tree)
        if not isinstance(node, ast.ClassDef) and not _is_property(node)
        if (doc := ast.get_docstring(node)) and not THIRD_PERSON.match(doc)
    ]
    assert not found, found


def _own_nodes(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.AST]:
    """The nodes of a function without those of functions and classes within it."""
    nodes: list[ast.AST] = list(function.body)
    inner = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda
    while nodes:
        node = nodes.pop()
        if not isinstance(node, inner):
            yield node
            nodes += ast.iter_child_nodes(node)


def _public(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The public functions and methods of a module or class."""
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name.startswith("_"):
            continue
        if isinstance(node, ast.ClassDef):
            yield from _public(node.body)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_public_functions_say_what_they_raise() -> None:
    found = []
    for path, tree in _trees().items():
        for node in _public(tree.body):
            raised = {
                ast.unparse(one.exc).partition("(")[0]
                for one in _own_nodes(node)
                if isinstance(one, ast.Raise) and one.exc is not None
            }
            # What is raised again, or made by a function, is told by its own name elsewhere.
            errors = {name for name in raised if name[:1].isupper()} - {"NotImplementedError"}
            # ``Command.run`` says that each command may raise it.
            errors -= {"CommandError"} if path.startswith("cli/") else set()
            if errors and "Raises:" not in (ast.get_docstring(node) or ""):
                found.append(f"{path}:{node.lineno} {node.name}: {errors}")
    assert not found, found


def _undescribed(path: str, tree: ast.Module, kinds: re.Pattern[str]) -> list[str]:
    """Lists the public functions that take or return types without saying what is in them."""
    found = []
    for node in _public(tree.body):
        doc = ast.get_docstring(node)
        if doc is None or _is_property(node):
            continue
        arguments = [*node.args.args, *node.args.kwonlyargs]
        taken = [ast.unparse(each.annotation) for each in arguments if each.annotation]
        if any(map(kinds.search, taken)) and "Args:" not in doc:
            found.append(f"{path}:{node.lineno} {node.name}: Args")
        result = ast.unparse(node.returns) if node.returns else ""
        if kinds.search(result) and not RESULT.search(doc):
            found.append(f"{path}:{node.lineno} {node.name}: Returns")
    return found


def test_public_functions_describe_arrays_masks_tuples_and_mappings() -> None:
    found = [line for path, tree in _trees().items() for line in _undescribed(path, tree, SHAPED)]
    assert not found, found


def _described(doc: str, section: str) -> set[str]:
    """Returns the names that a section such as ``Args:`` of a docstring describes."""
    found = re.search(rf"^{section}:\n((?: {{4}}.*\n?|\n)+)", doc, re.MULTILINE)
    lines = re.findall(r"^ {4}(\*{0,2}\w[\w*, ]*):", found[1] if found else "", re.MULTILINE)
    return {name.strip(" *") for line in lines for name in line.split(",")}


def _attributes(node: ast.ClassDef) -> set[str]:
    """Returns what a class defines: fields, methods, and what its methods set."""
    names = {each.target.id for each in ast.walk(node) if isinstance(each, ast.AnnAssign)
             if isinstance(each.target, ast.Name)}  # fmt: skip
    for each in ast.walk(node):
        if isinstance(each, ast.FunctionDef):
            names.add(each.name)
        elif isinstance(each, ast.Attribute) and ast.unparse(each.value) == "self":
            names.add(each.attr)
    return names


def test_what_docstrings_describe_is_there() -> None:
    found = []
    for path, tree in _trees().items():
        for node in _definitions(tree):
            doc = ast.get_docstring(node) or ""
            if isinstance(node, ast.ClassDef):
                missing = _described(doc, "Attributes") - _attributes(node) - INHERITED
            else:
                taken = node.args
                every = [*taken.args, *taken.kwonlyargs, *taken.posonlyargs]
                more = [each for each in (taken.vararg, taken.kwarg) if each]
                missing = _described(doc, "Args") - {each.arg for each in [*every, *more]}
            found += [f"{path}:{node.lineno} {node.name}: {name}" for name in missing]
    assert not found, found


def test_interfaces_describe_containers() -> None:
    found = [
        line
        for path, tree in _trees().items()
        if path.startswith(INTERFACES)
        for line in _undescribed(path, tree, CONTAINER)
    ]
    assert not found, found


def test_modules_are_named_by_what_they_hold() -> None:
    names = [path.rpartition("/")[2] for path in _trees() if not path.endswith("__init__.py")]
    assert [name for name in names if name.endswith("ing.py")][5:] == []
    twice = [name for name, count in Counter(names).items() if count > 1]
    assert len(twice) <= MOST_TWICE, twice


def test_no_folder_is_long() -> None:
    folders = Counter(path.rpartition("/")[0] for path in _trees() if "__init__" not in path)
    assert {folder: count for folder, count in folders.items() if count > 18} == {}


def test_the_architecture_has_a_sentence_for_each_package() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    packages = {path.rpartition("/")[0] for path in _trees() if path.endswith("/__init__.py")}
    described = set(re.findall(r"(?m)^\| `([a-z_/]+)` \| [A-Z]", text))
    assert described == packages
