"""Runs ``check --names``: lists organisations without a record, makes a partner of one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from milatui.archive.diagnostics import ArchiveError
from milatui.archive.edit.yaml_edit import EditError
from milatui.archive.files import UnreadableFileError
from milatui.archive.loader import load_archive
from milatui.archive.sanitize import sanitize
from milatui.archive.schema import PARTNER_KINDS
from milatui.archive.writer import ConflictError
from milatui.catalogue.labels.labels import format_count
from milatui.cli.argument_parser import did_you_mean
from milatui.cli.errors import CommandError, Exit
from milatui.cli.folder_options import archive_dir, writable_archive_dir
from milatui.cli.output import write_diff, write_json
from milatui.i18n import _, ngettext
from milatui.ingest.review.candidate import name_key
from milatui.ingest.review.name_queue import accept_name, queue_names

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from milatui.archive.loader import LoadedArchive
    from milatui.cli.output import Json
    from milatui.ingest.review.name_queue import QueuedName

SCHEMA: Final = "milatui.names/1"


def report_names(args: argparse.Namespace) -> int:
    """Lists the names, or shows or writes what one of them changes; code 1 if there are none.

    Raises:
        CommandError: no document names the organisation, or the partner does not exist.
    """
    wanted: str = args.partner
    command = "milatui check --names --partner NAME --accept --archive DIR"
    root = writable_archive_dir(args, command) if args.accept else archive_dir(args)
    try:
        loaded = load_archive(root)
    except ArchiveError as error:
        raise CommandError(str(error), Exit.ARCHIVE) from None
    if wanted:
        return _accept(root, loaded, args)
    queue = queue_names(loaded)
    if args.json:
        write_json({"schema": SCHEMA, "total": len(queue), "items": [_json(n) for n in queue]})
    else:
        _print(queue)
    return Exit.DONE if queue else Exit.NO_RESULTS


def _json(queued: QueuedName) -> dict[str, Json]:
    source = queued.source
    return {
        "name": queued.name,
        "documents": list(queued.documents),
        "short_names": list(queued.short_names),
        "example": {"document": source.document, "exact": source.exact} if source else None,
        "nearest": queued.nearest,
    }


def _print(queue: Sequence[QueuedName]) -> None:
    for queued in queue:
        count = ngettext("{n} document", "{n} documents", len(queued.documents))
        line = f"{queued.name}  ({count.format(n=format_count(len(queued.documents)))})"
        if queued.nearest:
            line += "  " + _("like {partner}").format(partner=queued.nearest)
        print(sanitize(line, multiline=False))
        if queued.source is not None:
            passage = f"    “{queued.source.exact}”  {queued.source.document}"
            print(sanitize(passage, multiline=False))
    sys.stdout.flush()
    text = ngettext(
        "{n} organisation without a record", "{n} organisations without a record", len(queue)
    )
    print(text.format(n=format_count(len(queue))), file=sys.stderr)
    if queue:
        print(_("To make one a partner: milatui check --names --partner NAME"), file=sys.stderr)


def _accept(root: Path, loaded: LoadedArchive, args: argparse.Namespace) -> int:
    """Shows the edit of a name as a diff; with ``--accept`` writes it."""
    if args.kind and args.kind not in PARTNER_KINDS:
        kinds = ", ".join(PARTNER_KINDS)
        message = _("“{text}” is not one of: {values}").format(text=args.kind, values=kinds)
        raise CommandError(message)
    queue = queue_names(loaded, least=1)
    key = name_key(args.partner)
    queued = next((each for each in queue if name_key(each.name) == key), None)
    if queued is None:
        message = _("no document names “{name}” as an organisation without a record")
        near = did_you_mean(args.partner, [each.name for each in queue])
        raise CommandError(message.format(name=args.partner) + near, Exit.NO_RESULTS)
    try:
        edits = accept_name(root, loaded, queued, alias_of=args.alias_of, kind=args.kind)
        for relpath, before, after in edits.changes():
            write_diff(relpath, before, after)
        sys.stdout.flush()
        if not args.accept:
            print(_("Nothing was written. To write it, add --accept."), file=sys.stderr)
            return Exit.DONE
        written = edits.write()
    except KeyError:
        partners = [each.record.id for each in loaded.records["partner"]]
        message = _("there is no partner “{id}”").format(id=args.alias_of)
        raise CommandError(
            message + did_you_mean(args.alias_of, partners), Exit.NO_RESULTS
        ) from None
    except (EditError, ConflictError) as error:
        raise CommandError(error.message, Exit.NO_RESULTS) from None
    except UnreadableFileError as error:
        raise CommandError(str(error), Exit.NO_RESULTS) from None
    text = ngettext("{n} file rewritten", "{n} files rewritten", len(written))
    print(text.format(n=format_count(len(written))), file=sys.stderr)
    return Exit.DONE
