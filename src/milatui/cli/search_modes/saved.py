"""Saved searches and the history on the command line: ``--saved``, ``--save``, ``@NAME``.

The explorer and the command line share them; a read-only session has none.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from milatui.archive.sanitize import sanitize
from milatui.catalogue.labels.labels import format_count
from milatui.catalogue.location import view_location
from milatui.cli.argument_parser import decode_arg, did_you_mean
from milatui.cli.errors import CommandError, Exit
from milatui.cli.output import write_json, write_jsonl, write_table
from milatui.i18n import _

if TYPE_CHECKING:
    import argparse

    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.location import Location
    from milatui.catalogue.saved_searches import SearchStore
    from milatui.catalogue.scope import Scope
    from milatui.cli.argument_parser import CommandParser
    from milatui.cli.output import Json

SCHEMA = "milatui.saved/1"


def add_saved_options(parser: CommandParser) -> None:
    """Adds the options of saved searches."""
    group = parser.add_argument_group(_("Saved searches (@NAME in place of words runs one)"))
    group.add_argument(
        "--saved", action="store_true", help=_("list them, with how many records each finds")
    )
    group.add_argument(
        "--save",
        metavar="NAME",
        type=decode_arg,
        default="",
        help=_("keep this search, its filters and its order as NAME"),
    )
    group.add_argument(
        "--forget", metavar="NAME", type=decode_arg, default="", help=_("delete a saved search")
    )
    group.add_argument(
        "--history", action="store_true", help=_("list what the explorer searched for last")
    )


def manages_searches(args: argparse.Namespace) -> bool:
    """Returns whether the command line lists or deletes searches instead of running one."""
    return bool(args.saved or args.history or args.forget)


def manage_searches(catalogue: Catalogue, args: argparse.Namespace) -> int:
    """Lists saved searches or the history with their counts, or deletes a search."""
    store = _store(args)
    if args.forget:
        name, _place = _find(store, args.forget)
        store.delete(name)
        print(sanitize(_("deleted: {name}").format(name=name)), file=sys.stderr)
        return Exit.DONE
    if args.history:
        known = [("", location) for location in store.history()]
        none = _("the explorer has searched for nothing yet")
    else:
        known = list(store.saved().items())
        none = _("no search is saved yet; to save one: milatui search WORDS --save NAME")
    if not known:
        raise CommandError(none, Exit.NO_RESULTS)
    counts = [_count(catalogue, location) for _name, location in known]
    if args.json or args.jsonl:
        items: list[dict[str, Json]] = [
            {"name": name, "query": location.get("q"), "total": count, "location": str(location)}
            for count, (name, location) in zip(counts, known, strict=True)
        ]
        write_jsonl(items) if args.jsonl else write_json({"schema": SCHEMA, "searches": items})
    else:
        rows = [
            (format_count(count), *([name] if name else []), _words(catalogue, location))
            for count, (name, location) in zip(counts, known, strict=True)
        ]
        write_table(rows, right=frozenset({0}))
    return Exit.DONE


def _words(catalogue: Catalogue, location: Location) -> str:
    """Returns the labels of a search's chips."""
    chips = location.scope.chips(catalogue.partner_name)
    return " · ".join(chip.label for chip in chips)


def expand_saved_search(args: argparse.Namespace, scope: Scope) -> Scope:
    """Replaces the word ``@NAME`` by the saved search; other options narrow it.

    Changes ``args.words`` and ``args.sort``, and returns the scope.

    Raises:
        CommandError: no search is saved under the name.
    """
    if args.words and args.words[0].startswith("@") and len(args.words[0]) > 1:
        _name, location = _find(_store(args), args.words[0])
        args.words = [location.get("q"), *args.words[1:]]
        args.sort = args.sort or location.get("sort")
        given = {name: value for name, value in scope._asdict().items() if value}
        scope = location.scope.without("query")._replace(**given)
    args.sort = args.sort or "relevance"
    return scope


def save_search(args: argparse.Namespace, scope: Scope) -> None:
    """Saves the search of the command line under a name.

    Raises:
        CommandError: the name is empty, or nothing may be kept.
        OSError: it cannot be written.
    """
    name = args.save.strip().removeprefix("@").strip()
    if not name:
        raise CommandError(_("a saved search needs a name"))
    sort = "" if args.sort == "relevance" else args.sort
    query = " ".join(args.words).strip()
    _store(args).save(name, view_location("search", scope._replace(query=query), sort=sort))
    text = _("saved; to run it: milatui search {words}")
    words = f"'@{name}'" if " " in name else f"@{name}"
    print(sanitize(text.format(words=words)), file=sys.stderr)


def _count(catalogue: Catalogue, location: Location) -> int:
    return catalogue.search(location.get("q"), location.scope, limit=1).total


def _store(args: argparse.Namespace) -> SearchStore:
    from milatui.catalogue.saved_searches import SearchStore, data_dir

    if args.read_only:
        raise CommandError(_("a read-only session keeps no searches"))
    return SearchStore(data_dir())


def _find(store: SearchStore, name: str) -> tuple[str, Location]:
    """Finds a saved search by name; @, quotation marks and accents may be missing."""
    from milatui.index.analysis.tokenizer import query_words

    name = name.removeprefix("@")
    known = store.saved()
    alike = [each for each in known if query_words(each) == query_words(name)]
    if name in known or len(alike) == 1:
        found = name if name in known else alike[0]
        return found, known[found]
    message = _("no search is saved as “{name}”").format(name=name) + did_you_mean(name, known)
    raise CommandError(message, hint=_("All of them: milatui search --saved"))
