"""The help of the review screen: its keys, its signs, and how to work with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.catalogue.location import Location
from milatui.catalogue.pages.builder import PageBuilder
from milatui.i18n import _
from milatui.tui.keymap import key_label
from milatui.tui.review.candidate_rows import SIGNS
from milatui.tui.text.cells import width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.catalogue.pages.model import Page
    from milatui.tui.actions import Action
    from milatui.tui.keymap import Keymap


def review_help_page(known: Sequence[Action], keymap: Keymap) -> Page:
    """Returns the keys of the review screen with what they do, and its signs.

    Args:
        known: The actions of the review screen.
        keymap: The user's keys.
    """
    builder = PageBuilder()
    _pairs(
        builder,
        _("Keys"),
        [
            (
                "  ".join(map(key_label, keymap.changed.get(each.id, each.keys).split(","))),
                f"{each.description}. {each.tooltip}.",
            )
            for each in known
        ],
    )
    _pairs(
        builder,
        _("Signs"),
        [
            (SIGNS["accepted"], _("accepted: becomes a record when you save")),
            (SIGNS["corrected"], _("accepted with other values")),
            (SIGNS["rejected"], _("rejected")),
            ("!", _("what is missing before it can be accepted")),
        ],
    )
    builder.heading(_("How it works"), level=1)
    for line in (
        _("Nothing is written into the archive before you save (s)."),
        _("Each decision is kept at once: after Ctrl-C or a crash, the same command goes on."),
        _("An organisation is decided in all documents that name it."),
    ):
        builder.line(line)
    return builder.build(Location("help"), _("Review"), focus=0)


def _pairs(builder: PageBuilder, title: str, pairs: Sequence[tuple[str, str]]) -> None:
    builder.heading(title, level=1)
    cells = max(width(label) for label, _text in pairs) + 2
    for label, text in pairs:
        start = builder.at
        builder.add(label + " " * (cells - width(label)), "strong")
        builder.add(text)
        builder.end_line()
        builder.hanging_indent(start, builder.at - 1, cells)
    builder.blank()
