"""Pages of the interface itself: welcome, help, messages, and the progress of a first build."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.catalogue.labels.dates import format_range
from milatui.catalogue.labels.labels import (
    count_label,
    format_count,
    kind_label,
    kind_symbol,
    language_name,
    signed_kinds,
)
from milatui.catalogue.location import Location
from milatui.catalogue.pages.builder import PageBuilder, TextRun
from milatui.catalogue.search.query_help import query_examples
from milatui.i18n import _
from milatui.index.analysis.folding import fold
from milatui.index.eta import estimate_seconds_left
from milatui.tui.actions import LOCAL_ACTIONS, Action, group_title
from milatui.tui.keymap import Keymap, first_key, key_label
from milatui.tui.text.cells import width
from milatui.tui.theme.glyphs import ASCII

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from milatui.catalogue.pages.model import Page
    from milatui.tui.state.session import Session
    from milatui.tui.theme.glyphs import Glyphs


def _heading(builder: PageBuilder, text: str) -> None:
    builder.heading(text, level=1)


def _pair(builder: PageBuilder, label: str, text: str, cells: int, aside: str = "") -> None:
    """Writes a line of a label, padded to ``cells`` cells, a text, and a dim aside."""
    start = builder.at
    builder.add(label + " " * max(2, cells - width(label)), "strong")
    builder.add(text)
    builder.add(f"  {aside}" if aside else "", "dim")
    builder.end_line()
    builder.hanging_indent(start, builder.at - 1, cells)


def _finish(builder: PageBuilder, location: Location, title: str) -> Page:
    """Finishes a page that opens on top and ends without an empty line."""
    page = builder.build(location, title, focus=0)
    return replace(page, text=page.text.rstrip("\n"))


class _HelpLine(NamedTuple):
    """A line of the help: what stands in its first column, the text, and an aside."""

    label: str
    text: str
    aside: str = ""

    def has(self, words: Sequence[str], title: str) -> bool:
        """Returns whether it, or the title of its group, contains all folded ``words``."""
        line = fold(" ".join((title, *self)))
        return all(word in line for word in words)


def help_page(
    known: Sequence[Action],
    keymap: Keymap,
    glyphs: Glyphs,
    *,
    own: bool,
    words: str = "",
    titled: bool = True,
) -> Page:
    """Returns all actions with their keys, the signs, and the query language.

    Args:
        known: All actions.
        keymap: The user's keys.
        glyphs: The signs of the theme.
        own: Whether to add the ids of the actions, for the user's keymap file.
        words: Only the lines that contain these words.
        titled: Whether the page has a head.
    """
    builder = PageBuilder()
    if titled:
        builder.head(_("Keys"))
    wanted = fold(words).split()
    groups = [
        (title, [line for line in lines if line.has(wanted, title)])
        for title, lines in _help_groups(known, keymap, glyphs, own=own)
    ]
    groups = [(title, lines) for title, lines in groups if lines]
    for title, lines in groups:
        _heading(builder, title)
        cells = min(max(width(line.label) for line in lines), _WIDEST_LABEL) + 2
        for line in lines:
            _pair(builder, line.label, line.text, cells, line.aside)
    if not groups:
        builder.line(_("Nothing has these words."), "dim")
    elif own and not wanted:
        builder.blank()
        builder.line(_("keymap.toml changes a key by the name that stands last."), "dim")
    return _finish(builder, Location("help"), _("Keys"))


_WIDEST_LABEL: Final = 24
"""Cells of the first column of the help, at most."""


def _help_groups(
    known: Sequence[Action], keymap: Keymap, glyphs: Glyphs, *, own: bool
) -> Iterator[tuple[str, list[_HelpLine]]]:
    """Yields the groups of the help: their title and their lines."""
    groups: dict[str, list[_HelpLine]] = {}
    for action in known:
        if not own and action.id in LOCAL_ACTIONS:
            continue
        keys = "  ".join(map(key_label, keymap.changed.get(action.id, action.keys).split(",")))
        line = _HelpLine(keys, action.description, action.id if own else "")
        groups.setdefault(action.group, []).append(line)
    for group, lines in groups.items():
        yield group_title(group), lines
    signs = [
        _HelpLine(kind_symbol(kind, ascii_only=glyphs is ASCII), kind_label(kind))
        for kind in signed_kinds()
    ]
    yield _("Signs of kinds"), signs
    yield _("Other signs"), [_HelpLine(*line) for line in _other_signs(glyphs)]
    yield _("What a search understands"), [_HelpLine(*line) for line in query_examples()]


def _other_signs(glyphs: Glyphs) -> tuple[tuple[str, str], ...]:
    bars = glyphs.bars[1] + glyphs.bars[len(glyphs.bars) // 2] + glyphs.bars[-1]
    return (
        (glyphs.cursor, _("the line under the cursor")),
        (glyphs.passage, _("words of a document, quoted")),
        (glyphs.vague, _("lanes: some time in these days; nobody says when")),
        (glyphs.lasting, _("lanes: an event that took so long")),
        (glyphs.relation, _("lanes: the partner's relation, as far as records show it")),
        (glyphs.unsaid, _("lanes: no later record, and nobody says that it ended")),
        (glyphs.open_ends, _("lanes: begins before, goes on after what is drawn")),
        (glyphs.tick, _("at this height of the text something is highlighted")),
        ("≠", _("another source says otherwise")),
        ("?", _("low confidence: the source leaves room for doubt")),
        ("~", _("about: the date or the number is not exact")),
        (glyphs.remove, _("a restriction of the scope: x removes the last one")),
        (bars, _("how many a year: the higher, the more")),
        ("↗", _("leads out of the archive")),
    )


def welcome_page(session: Session, known: Sequence[Action], keymap: Keymap) -> Page:
    """Returns what the archive contains and how to begin; reads only the counts of the index."""
    info, builder = session.catalogue.info, PageBuilder()
    years = format_range(str(info.first_year), str(info.last_year)) if info.first_year else ""
    languages = map(language_name, info.languages)
    builder.head(info.title, *([TextRun(fact)] for fact in (years, *languages)))
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
        ("copy.citation", _("copy the passage with its footnote")),
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
    builder.head(title)
    builder.line(_("The index is built once; later starts take a moment."), "meta")
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


def search_page(session: Session, location: Location, *, saved: bool) -> Page:
    """Returns the card of a search: its query, its restrictions, and what Enter does.

    Args:
        session: The session.
        location: The search.
        saved: Whether it is saved, or may be now.
    """
    builder = PageBuilder()
    query = location.get("q")
    builder.head(
        query or _("Everything"),
        [TextRun(_("saved search") if saved else _("not saved yet"), "kind")],
    )
    for chip in session.chips(location.scope.without("query")):
        builder.line(chip.label)
    builder.blank()
    words = _("Enter runs it, x deletes it") if saved else _("Enter saves it")
    builder.line(words, "dim")
    return _finish(builder, location, query or _("Everything"))


def message_page(title: str, lines: Sequence[str]) -> Page:
    """Returns a page of a few sentences: why something cannot be shown."""
    builder = PageBuilder()
    builder.head(title)
    for line in lines:
        builder.line(line)
    return _finish(builder, Location("partners"), title)
