"""Commands that copy: a passage with its footnote, its words alone, the location."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

from milatui.archive.sanitize import excerpt
from milatui.catalogue.citations.cite_styles import (
    CITE_STYLES,
    RENDERED,
    short_style_label,
    style_label,
)
from milatui.catalogue.location import view_location
from milatui.i18n import _
from milatui.index.errors import IndexUnusable
from milatui.tui.state.preferences import write_cite_style
from milatui.tui.terminal.clipboard import LIMIT, multiplexer

if TYPE_CHECKING:
    from milatui.catalogue.citations.citation import Citation
    from milatui.catalogue.citations.cite_styles import CiteStyle
    from milatui.tui.commands.command import Command, CommandView


def _copy(view: CommandView, text: str, what: str) -> None:
    """Copies ``text`` to the clipboard; ``what`` names it in the message."""
    if len(text.encode()) > LIMIT:
        message = _("Too long for the terminal's clipboard: {what}")
        view.show_status(message.format(what=what))
        return
    view.copy_to_clipboard(text)
    message = _("Sent to the terminal's clipboard: {what}")
    if multiplexer():
        # Whether it passes the text on is unknown.
        message = _("Sent for the clipboard (tmux needs set-clipboard on): {what}")
    view.show_status(message.format(what=what))


def _copy_citation(view: CommandView) -> None:
    """Copies what the reader shows as a citation in the user's format; of no hits, a statement."""
    if _shows_no_hits(view):
        view.run_in_background(_copy_absence(view))
        return
    citation = _citation(view)
    if citation is not None:
        _copy_as(view, citation, view.cite_style)


def _shows_no_hits(view: CommandView) -> bool:
    """Returns whether an answer without hits is looked at, in its pane or in the reader."""
    result = view.results.result
    if result is None or result.hits or view.view_pane is not None:
        return False
    return view.pane_name in ("search", "reader") and view.navigation.is_aside


async def _copy_absence(view: CommandView) -> None:
    """Copies what was searched by a query that found nothing."""
    session = view.session
    if session is None:
        return
    # The query as it stands: the answer to its last key may be to come.
    location = session.search_location()
    scope = location.scope.without("query")
    today = _today(view)
    try:
        absence = await asyncio.to_thread(
            session.catalogue.absence, location.get("q"), scope, view.options.today
        )
    except IndexUnusable:
        view.index_damaged()
        return
    if absence is None:
        view.show_status(_("It is not sure that there is nothing: search again."))
        return
    what = _("that nothing was found for “{query}”, and what was searched")
    _copy(view, absence.text(today), what.format(query=excerpt(location.get("q"))))


def _copy_as(view: CommandView, citation: Citation, style: CiteStyle) -> None:
    # Deferred: the first screen cites nothing.
    from milatui.catalogue.citations.citation_formats import format_citation
    from milatui.catalogue.citations.csl_styles import INSTALL, StyleUnavailable

    if style in RENDERED and view.options.read_only:
        # citeproc-py parses XML and takes more memory than a public session has.
        view.show_status(_("Chicago and MLA are not rendered in a read-only session."))
        return
    today = _today(view)
    try:
        text = format_citation(citation, style, today)
    except StyleUnavailable as missing:
        hint = _("To install it: {command}").format(command=INSTALL)
        view.show_status(f"{missing} {hint}")
        return
    what = excerpt(citation.words or citation.reference or text)
    _copy(view, text, _("{style}: {words}").format(style=short_style_label(style), words=what))


def _today(view: CommandView) -> date:
    return view.options.today or date.today()  # noqa: DTZ011 - the user's own day is meant


def _citation(view: CommandView) -> Citation | None:
    """Cites what is selected or highlighted in the reader, else what it shows; says why not."""
    # Deferred: the first screen cites nothing.
    from milatui.catalogue.citations.citation import Chosen

    reader, session = view.reader, view.session
    page = reader.page
    if page is None or session is None or page.location.kind is None:
        view.show_status(_("Only a record or a document can be cited."))
        return None
    chosen = None
    if reader.selected_text:
        chosen = Chosen.on(page, *reader.selection, selected=True)
    elif 0 <= reader.current_highlight < len(reader.highlights):
        chosen = Chosen.on(page, *reader.highlights[reader.current_highlight], selected=False)
    citation = session.catalogue.cite(page.location, chosen)
    if citation is None:
        view.show_status(_("These words are not of a document; select words of a passage."))
    return citation


def _choose_style(view: CommandView) -> None:
    """Picks the format of citations, and copies in it what the reader shows."""
    # A read-only session offers what it can make.
    styles = [s for s in CITE_STYLES if not (view.options.read_only and s in RENDERED)]
    items = [(f"{short_style_label(style)}  {style_label(style)}", "") for style in styles]

    def picked(number: int) -> None:
        view.cite_style = styles[number]
        view.show_hints()
        _copy_citation(view)
        if not view.options.read_only:
            try:
                write_cite_style(view.cite_style)
            except OSError as error:
                view.show_status(_("The format is not remembered: {error}").format(error=error))

    picker = view.pick(_("Cite as"), items, picked)
    if view.cite_style in styles:
        picker.show_items(styles.index(view.cite_style))


def _copy_location(view: CommandView) -> None:
    page, session = view.reader.page, view.session
    if session is None:
        return
    if view.pane_name == "reader" and page and page.location.kind:
        location = page.location
    elif view.pane_name == "search" and view.view_pane:
        location = view.view_pane.view.location
    elif view.pane_name == "search":
        location = session.search_location()
    else:
        location = page.location if page else view_location(view.pane_name, session.full_scope)
    _copy(view, str(location), str(location))


def _copy_text(view: CommandView) -> None:
    """Copies the selection, else the words that would be cited, else the whole text."""
    reader = view.reader
    if reader.page is None:
        return
    if reader.selected_text:
        _copy(view, reader.selected_text, _("the selection"))
    elif 0 <= reader.current_highlight < len(reader.highlights):
        start, end = reader.highlights[reader.current_highlight]
        citation = _citation(view) if reader.page.location.kind else None
        words = citation.words if citation is not None else ""
        _copy(view, words or reader.page.text[start:end], _("the highlighted words"))
    else:
        _copy(view, reader.page.text, _("the whole text"))


CITE_COMMANDS: dict[str, Command] = {
    "copy.citation": _copy_citation,
    "copy.style": _choose_style,
    "copy.location": _copy_location,
    "copy.text": _copy_text,
}
