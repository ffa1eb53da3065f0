"""Whether the reader, the cursor and the citation are of one record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.catalogue.citations.citation import Chosen
from milatui.catalogue.citations.citation_formats import format_citation
from milatui.tui.widgets.list_pane import ListPane
from tests.tui.piloting import screen_of

if TYPE_CHECKING:
    from milatui.catalogue.location import Location
    from milatui.tui.app import MilatuiApp


def under_the_cursor(app: MilatuiApp) -> Location | None:
    """The location under the cursor of the active list, None if the reader is active."""
    main = screen_of(app)
    target = main.navigation.target() if main.list_pane else None
    return target[0] if target else None


def in_the_reader(app: MilatuiApp) -> Location | None:
    """The location that the reader shows."""
    page = screen_of(app).reader.page
    return page.location if page else None


def citation(app: MilatuiApp, location: Location) -> str:
    """What ``y`` copies of a record: a passage that is selected or highlighted, else all of it."""
    main = screen_of(app)
    assert main.session is not None
    reader, chosen = main.reader, None
    if reader.page and reader.page.location == location:
        span = reader.selection if reader.selected_text else None
        if span is None and 0 <= reader.current_highlight < len(reader.highlights):
            span = reader.highlights[reader.current_highlight]
        if span is not None:
            chosen = Chosen.on(reader.page, *span, selected=bool(reader.selected_text))
    cited = main.session.catalogue.cite(location, chosen)
    assert cited is not None
    assert main.options.today is not None
    return format_citation(cited, "markdown", main.options.today)


def disagreement(app: MilatuiApp, *, moved: bool, cited: bool) -> str:
    """Say in what reader, cursor and citation of an idle explorer do not agree; "" if they do.

    Args:
        app: The application.
        moved: The last event has moved the cursor of the active list.
        cited: The last event has copied the citation.
    """
    main = screen_of(app)
    assert main.session is not None
    shown, under = in_the_reader(app), under_the_cursor(app)
    current = main.session.history.current
    due = [name for name, p in main.panes.items() if isinstance(p, ListPane) and p.preview_due]
    if due:
        return f"a preview of {due} is still due"
    if moved and under is not None and shown != under:
        return f"the reader shows {shown}, under the cursor is {under}"
    if not main.navigation.is_aside and (current is None or current.location != shown):
        return f"the reader shows {shown}, the history says {current}"
    if cited and shown and shown.kind and app.clipboard != citation(app, shown):
        return f"{app.clipboard} is not the citation of {shown}"
    return ""
