"""Pages the interface writes itself: the welcome, the help, the progress of a first start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.sanitize import sanitize
from milatui.catalogue.labels.labels import count_label, format_count, language_name
from milatui.catalogue.location import Location
from milatui.catalogue.pages.model import Indent, Outline, Page, Role, Span
from milatui.catalogue.search.query_help import query_examples
from milatui.i18n import _
from milatui.index.eta import estimate_seconds_left
from milatui.tui.actions import Action, group_title
from milatui.tui.keymap import Keymap, first_key, key_label
from milatui.tui.text.cells import width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milatui.tui.state.session import Session


class _Writer:
    """Collects lines and what they are."""

    def __init__(self) -> None:
        self.text = ""
        self.spans: list[Span] = []
        self.outline: list[Outline] = []
        self.indents: list[Indent] = []

    def add(self, words: str, role: Role | None = None) -> None:
        # Among our own words stand some of the archive's: its title, an error about a file.
        start = len(self.text)
        self.text += sanitize(words, multiline=False)
        if role:
            self.spans.append(Span(start, len(self.text), role))

    def line(self, words: str = "", role: Role | None = None) -> None:
        self.add(words, role)
        self.text += "\n"

    def heading(self, words: str) -> None:
        self.line()
        self.outline.append(Outline(1, words, len(self.text)))
        self.line(words, "heading")

    def pair(self, label: str, words: str, cells: int, aside: str = "") -> None:
        start = len(self.text)
        self.add(label.ljust(cells), "strong")
        self.add(words)
        self.line(f"  {aside}" if aside else "", "dim")
        self.indents.append(Indent(start, len(self.text) - 1, cells))

    def page(self, location: Location, title: str) -> Page:
        return Page(
            location,
            sanitize(title, multiline=False),
            self.text.rstrip("\n"),
            tuple(self.spans),
            outline=tuple(self.outline),
            indents=tuple(self.indents),
        )


def help_page(known: Sequence[Action], keymap: Keymap, *, own: bool) -> Page:
    """All actions under their groups, with their keys, which the user may change if ``own``."""
    writer = _Writer()
    writer.line(_("Keys"), "title")
    if own:
        writer.line(_("keymap.toml changes a key by the name that stands last."), "meta")
    labels = {
        action.id: "  ".join(map(key_label, keymap.changed.get(action.id, action.keys).split(",")))
        for action in known
    }
    cells = max(map(width, labels.values())) + 2
    group = ""
    for action in known:
        if action.group != group:
            group = action.group
            writer.heading(group_title(group))
        writer.pair(labels[action.id], action.description, cells, action.id if own else "")
    writer.heading(_("What a search understands"))
    for form, meaning in query_examples():
        writer.line(form, "strong")
        writer.pair("", meaning, 4)
    return writer.page(Location("help"), _("Keys"))


def welcome_page(session: Session, known: Sequence[Action], keymap: Keymap) -> Page:
    """What this archive holds and how to begin; needs nothing but the counts."""
    info, writer = session.catalogue.info, _Writer()
    writer.line(info.title, "title")
    meta = []
    if info.first_year:
        meta.append(f"{info.first_year}–{info.last_year}")
    meta += [language_name(tag) for tag in info.languages]
    writer.line(" · ".join(meta), "meta")
    if info.description:
        writer.line()
        writer.line(info.description)
    if not session.catalogue.size:
        writer.line()
        writer.line(_("Nothing is in this archive yet. To add documents:"))
        writer.line(_("milatui add --archive DIR --accept FILE..."), "code")
        return writer.page(Location("partners"), info.title)
    writer.heading(_("In this archive"))
    for kind, every in info.counts.items():
        if every:
            number, _space, words = count_label(kind, every).partition(" ")
            writer.add(number.rjust(7), "strong")
            writer.line(f"  {words}")
    keys = {action.id: first_key(action, keymap) for action in known}
    _write_beginning(writer, keys, session.primary_list)
    return writer.page(Location("partners"), info.title)


def _write_beginning(writer: _Writer, keys: Mapping[str, str], listed: str) -> None:
    """The first keys to press; ``listed`` is what the first list of the archive is of."""
    writer.heading(_("How to begin"))
    opened = {
        "partner": _("narrow to a partner, or open an event or a passage"),
        "publisher": _("narrow to a publisher, or open a document"),
    }.get(listed, _("open what the line holds"))
    for name, words in (
        ("move.down", _("move; what the line holds appears here")),
        ("open.this", opened),
        ("find.search", _("search all words of all records and documents")),
        ("pane.next", _("go to the next pane")),
        ("open.back", _("go back, as in a browser")),
        ("copy.citation", _("copy a citation of what is shown")),
        ("app.help", _("all keys")),
    ):
        writer.pair("  " + keys[name], words, 9)


def progress_page(title: str, stage: str, done: int, total: int, seconds: float) -> Page:
    """How far the index of a first start is: a bar, the rate and the time left.

    ``stage`` is the build's own word: ``read``, ``write``, or empty before it has begun.
    """
    writer = _Writer()
    writer.line(title, "title")
    writer.line(_("The index is made once; later starts take a moment."), "meta")
    writer.line()
    if total:
        filled = 30 * min(done, total) // total
        writer.line("█" * filled + "░" * (30 - filled), "strong")
        counted = _("{done} of {total} files").format(
            done=format_count(done), total=format_count(total)
        )
        writing = " · " + _("writing the index…") if stage == "write" else ""
        writer.line(counted + writing)
        if seconds > 1 and done:
            left = _("about {seconds} s left")
            if stage == "read":
                left = _("{rate} a second, about {seconds} s left")
            writer.line(
                left.format(
                    rate=format_count(round(done / seconds)),
                    seconds=format_count(estimate_seconds_left(stage, done, total, seconds)),
                ),
                "dim",
            )
    else:
        writer.line(_("Looking at the files…"), "dim")
    return writer.page(Location("partners"), title)


def message_page(title: str, lines: Sequence[str]) -> Page:
    """A few sentences instead of a text: why something cannot be shown."""
    writer = _Writer()
    writer.line(title, "title")
    writer.line()
    for line in lines:
        writer.line(line)
    return writer.page(Location("partners"), title)
