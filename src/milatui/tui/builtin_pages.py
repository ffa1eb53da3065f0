"""Pages of the interface itself: welcome, help, messages, and the progress of a first build."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from milatui.catalogue.labels.labels import count_label, format_count, language_name
from milatui.catalogue.location import Location
from milatui.catalogue.pages.builder import PageBuilder
from milatui.catalogue.search.query_help import query_examples
from milatui.i18n import _
from milatui.index.eta import estimate_seconds_left
from milatui.tui.actions import Action, group_title
from milatui.tui.keymap import Keymap, first_key, key_label
from milatui.tui.text.cells import width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milatui.catalogue.pages.model import Page
    from milatui.tui.state.session import Session


def _heading(builder: PageBuilder, text: str) -> None:
    builder.heading(text, level=1)


def _pair(builder: PageBuilder, label: str, text: str, cells: int, aside: str = "") -> None:
    """Writes a line of a label, padded to ``cells`` cells, a text, and a dim aside."""
    start = builder.at
    builder.add(label + " " * (cells - width(label)), "strong")
    builder.add(text)
    builder.add(f"  {aside}" if aside else "", "dim")
    builder.end_line()
    builder.hanging_indent(start, builder.at - 1, cells)


def _finish(builder: PageBuilder, location: Location, title: str) -> Page:
    """Finishes a page that opens on top and ends without an empty line."""
    page = builder.build(location, title, citation="", focus=0)
    return replace(page, text=page.text.rstrip("\n"))


def help_page(known: Sequence[Action], keymap: Keymap, *, own: bool) -> Page:
    """Returns all actions with their keys; ``own`` adds their ids, for the keymap file."""
    builder = PageBuilder()
    builder.line(_("Keys"), "title")
    if own:
        builder.line(_("keymap.toml changes a key by the name that stands last."), "meta")
    labels = {
        action.id: "  ".join(map(key_label, keymap.changed.get(action.id, action.keys).split(",")))
        for action in known
    }
    cells = max(map(width, labels.values())) + 2
    group = ""
    for action in known:
        if action.group != group:
            group = action.group
            _heading(builder, group_title(group))
        _pair(builder, labels[action.id], action.description, cells, action.id if own else "")
    _heading(builder, _("What a search understands"))
    for form, meaning in query_examples():
        builder.line(form, "strong")
        _pair(builder, "", meaning, 4)
    return _finish(builder, Location("help"), _("Keys"))


def welcome_page(session: Session, known: Sequence[Action], keymap: Keymap) -> Page:
    """Returns what the archive contains and how to begin; reads only the counts of the index."""
    info, builder = session.catalogue.info, PageBuilder()
    builder.line(info.title, "title")
    meta = []
    if info.first_year:
        meta.append(f"{info.first_year}–{info.last_year}")
    meta += [language_name(tag) for tag in info.languages]
    builder.line(" · ".join(meta), "meta")
    if info.description:
        builder.blank()
        builder.line(info.description)
    if not session.catalogue.size:
        builder.blank()
        builder.line(_("Nothing is in this archive yet. To add documents:"))
        builder.line(_("milatui add --archive DIR --accept FILE..."), "code")
        return _finish(builder, Location("partners"), info.title)
    _heading(builder, _("In this archive"))
    for kind, every in info.counts.items():
        if every:
            number, _space, words = count_label(kind, every).partition(" ")
            builder.add(number.rjust(7), "strong")
            builder.line(f"  {words}")
    keys = {action.id: first_key(action, keymap) for action in known}
    _write_beginning(builder, keys, session.primary_list)
    return _finish(builder, Location("partners"), info.title)


def _write_beginning(builder: PageBuilder, keys: Mapping[str, str], primary_list: str) -> None:
    """Writes the first keys to press; ``primary_list``: see ``Session.primary_list``."""
    _heading(builder, _("How to begin"))
    opened = {
        "partner": _("narrow to a partner, or open an event or a passage"),
        "publisher": _("narrow to a publisher, or open a document"),
    }.get(primary_list, _("open what the line holds"))
    for name, words in (
        ("move.down", _("move; what the line holds appears here")),
        ("open.this", opened),
        ("find.search", _("search all words of all records and documents")),
        ("pane.next", _("go to the next pane")),
        ("open.back", _("go back, as in a browser")),
        ("copy.citation", _("copy a citation of what is shown")),
        ("app.help", _("all keys")),
    ):
        _pair(builder, "  " + keys[name], words, 9)


def progress_page(title: str, stage: str, done: int, total: int, seconds: float) -> Page:
    """Returns the progress of a first build: a bar, the rate and the time left.

    Args:
        title: Title of the page.
        stage: "read" or "write", "" before the build has begun.
        done, total: Number of files.
        seconds: Seconds since the build began.
    """
    builder = PageBuilder()
    builder.line(title, "title")
    builder.line(_("The index is made once; later starts take a moment."), "meta")
    builder.blank()
    if total:
        filled = 30 * min(done, total) // total
        builder.line("█" * filled + "░" * (30 - filled), "strong")
        counted = _("{done} of {total} files").format(
            done=format_count(done), total=format_count(total)
        )
        writing = " · " + _("writing the index…") if stage == "write" else ""
        builder.line(counted + writing)
        if seconds > 1 and done:
            left = _("about {seconds} s left")
            if stage == "read":
                left = _("{rate} a second, about {seconds} s left")
            builder.line(
                left.format(
                    rate=format_count(round(done / seconds)),
                    seconds=format_count(estimate_seconds_left(stage, done, total, seconds)),
                ),
                "dim",
            )
    else:
        builder.line(_("Looking at the files…"), "dim")
    return _finish(builder, Location("partners"), title)


def message_page(title: str, lines: Sequence[str]) -> Page:
    """Returns a page of a few sentences: why something cannot be shown."""
    builder = PageBuilder()
    builder.line(title, "title")
    builder.blank()
    for line in lines:
        builder.line(line)
    return _finish(builder, Location("partners"), title)
