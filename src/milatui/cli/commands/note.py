"""``milatui note``: shows and changes the user's own stars, tags and notes."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from milatui.archive.sanitize import sanitize
from milatui.catalogue.location import Location, LocationError, parse_location
from milatui.catalogue.notes import MAX_TEXT, Note, clean_tag, notes_file, read_notes
from milatui.catalogue.store import NotFound
from milatui.cli import options
from milatui.cli.argument_parser import decode_arg, did_you_mean
from milatui.cli.errors import CommandError, Exit
from milatui.cli.output import Json, write_json
from milatui.i18n import _, ngettext

if TYPE_CHECKING:
    import argparse

    from milatui.catalogue.catalogue import Catalogue
    from milatui.cli.argument_parser import CommandParser

SCHEMA: Final = "milatui.note/1"


def configure(parser: CommandParser) -> None:
    """Declares the arguments of ``note``."""
    parser.describe(
        _("Show your own stars, tags and notes about an archive, or change one."),
        (
            ("milatui note", _("all of them")),
            ("milatui note partner/amgen --star --tag pharma", _("star and tag a record")),
            ("milatui note event/amgen-lab-2023 --text 'Ask them.'", _("write a note")),
            ("milatui search star:yes tag:pharma", _("what is starred and tagged")),
        ),
        "milatui note [LOCATION] [--star | --no-star] [--tag TAG] [--untag TAG] [--text TEXT]",
        (_("They are kept in your own files, never in the archive."),),
    )
    group = parser.add_argument_group(_("What"))
    group.add_argument(
        "location",
        metavar="LOCATION",
        nargs="?",
        default="",
        type=decode_arg,
        help=_("a record, as 'search' and 'list' print it"),
    )
    group = parser.add_argument_group(_("Change"))
    choice = group.add_mutually_exclusive_group()
    choice.add_argument(
        "--star", dest="star", action="store_true", default=None, help=_("give it a star")
    )
    choice.add_argument(
        "--no-star", dest="star", action="store_false", default=None, help=_("remove its star")
    )
    for name, text in (("--tag", _("add a tag (repeatable)")), ("--untag", _("remove a tag"))):
        group.add_argument(
            name, metavar="TAG", action="append", default=[], type=decode_arg, help=text
        )
    group.add_argument(
        "--take-from",
        metavar="DIR",
        type=decode_arg,
        default="",
        help=_("take over the notes about the archive that was in DIR"),
    )
    group.add_argument(
        "--text", type=decode_arg, default=None, help=_("write the note; '' removes it")
    )
    group = parser.add_argument_group(_("Output"))
    group.add_argument("--json", action="store_true", help=_("as JSON"))
    options.add_shared(parser)


def run(args: argparse.Namespace) -> int:
    """Shows or changes notes; exit code 1 if there is none."""
    from milatui.cli.index_access import open_catalogue

    catalogue = open_catalogue(args)
    changes = args.star is not None or args.tag or args.untag or args.text is not None
    if args.take_from:
        return _take_over(catalogue, args.take_from)
    if args.location:
        notes = [_one(catalogue, args, changed=bool(changes))]
    elif changes:
        raise CommandError(_("name the record that the note is about"))
    else:
        notes = list(_stored(catalogue))
    if args.json:
        write_json({"schema": SCHEMA, "total": len(notes), "items": [_json(n) for n in notes]})
    else:
        for note in notes:
            _print(catalogue, note)
    return Exit.DONE if any(not note.is_empty for note in notes) or changes else Exit.NO_RESULTS


def _take_over(catalogue: Catalogue, folder: str) -> int:
    """Copies the notes about an archive that was elsewhere; those that are here stay."""
    here = {note.key for note in _stored(catalogue)}
    try:
        notes, _archive = read_notes(notes_file(Path(folder)))
        taken = [note for key, note in notes.items() if key not in here]
        for note in taken:
            if catalogue.notes is not None:
                catalogue.notes.put(note)
    except OSError as error:
        message = _("the notes cannot be taken over: {reason}")
        raise CommandError(message.format(reason=error.strerror or error)) from None
    text = ngettext("{n} note taken over", "{n} notes taken over", len(taken))
    print(text.format(n=len(taken)), file=sys.stderr)
    return Exit.DONE if taken else Exit.NO_RESULTS


def _stored(catalogue: Catalogue) -> list[Note]:
    if catalogue.notes is None:
        return []
    try:
        return list(catalogue.noted().values())
    except OSError as error:
        message = _("the notes cannot be read: {reason}")
        raise CommandError(message.format(reason=error.strerror or error)) from None


def _one(catalogue: Catalogue, args: argparse.Namespace, *, changed: bool) -> Note:
    """Returns the note about a record, changed if that is asked."""
    try:
        location = parse_location(args.location)
    except LocationError as error:
        raise CommandError(str(error)) from None
    if location.kind is None or catalogue.notes is None:
        raise CommandError(_("“{text}” is not a record.").format(text=args.location))
    stored = {note.key: note for note in _stored(catalogue)}
    note = stored.get((location.kind, location.id)) or Note(location.kind, location.id)
    if not changed:
        return note
    tags = {*note.tags, *map(clean_tag, args.tag)} - {"", *map(clean_tag, args.untag)}
    note = note._replace(
        starred=note.starred if args.star is None else args.star,
        tags=tuple(sorted(tags)),
        text=note.text if args.text is None else sanitize(args.text).strip()[:MAX_TEXT],
        changed=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    try:
        catalogue.put_note(note)
    except NotFound as missing:
        message = _("there is nothing at {location}").format(location=args.location)
        near = [str(Location(location.kind, identifier)) for identifier in missing.near]
        found = did_you_mean(near[0], near) if near else ""
        raise CommandError(message + found, Exit.NO_RESULTS) from None
    except OSError as error:
        message = _("the note cannot be written: {reason}")
        raise CommandError(message.format(reason=error.strerror or error)) from None
    return note


def _print(catalogue: Catalogue, note: Note) -> None:
    location = str(Location(note.kind, note.id))
    title = catalogue.store().title(note.kind, note.id)
    gone = catalogue.find(note.kind, note.id) is None
    signs = [_("starred")] if note.starred else []
    signs += [f"#{tag}" for tag in note.tags]
    print(location, "" if gone else title, *signs, sep="  ")
    if gone:
        print(_("    the record is no longer in the archive"), file=sys.stderr)
    for line in note.text.splitlines():
        print(f"    {line}")


def _json(note: Note) -> dict[str, Json]:
    return {
        "location": str(Location(note.kind, note.id)),
        "star": note.starred,
        "tags": list(note.tags),
        "note": note.text,
        "changed": note.changed,
    }
