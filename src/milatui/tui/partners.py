"""The list of partners: name, kind, how much and when last, with a line of activity.

Where an archive names no partner, it is the list of publishers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment

from milatui.archive.edtf import DateError, parse_edtf
from milatui.catalogue.labels.labels import format_count, kind_label
from milatui.i18n import _
from milatui.tui.listing import ListPane
from milatui.tui.text.cells import fit, fit_right

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.catalogue.lists.partners import PartnerSort
    from milatui.catalogue.lists.rows import PartnerRow, PublisherRow
    from milatui.tui.state.session import Session
    from milatui.tui.theme.glyphs import Glyphs

SORTS: tuple[PartnerSort, ...] = ("activity", "name", "count")
_COUNT, _YEAR, _KIND, _SPARK = 4, 5, 12, 11


class PartnersPane(ListPane):
    """Shows partner lines; the screen gives them in the order to show."""

    pane_name = "partners"
    number = 1
    has_field = True

    partners: Sequence[PartnerRow | PublisherRow] = ()
    listed = "partner"
    sort = "activity"
    chosen = ""

    def show_partners(self, session: Session) -> None:
        """Show who is in the scope; the cursor stays on the line it stands on, if still there."""
        here = self.current.id if self.current else session.selected_id
        partners = self.partners = session.partners()
        self.listed, self.sort = session.primary_list, session.partner_sort
        self.chosen = session.selected_id
        place = next((n for n, line in enumerate(partners) if line.id == here), 0) if here else 0
        self.show_items(place)

    @property
    def current(self) -> PartnerRow | PublisherRow | None:
        """The partner under the cursor."""
        return self.partners[self.cursor] if self.cursor < len(self.partners) else None

    def item_count(self) -> int:
        return len(self.partners)

    def heading(self) -> str:
        return _("Publishers") if self.listed == "publisher" else _("Partners")

    def info(self) -> str:
        order = {"activity": _("newest"), "name": _("by name"), "count": _("most")}[self.sort]
        return f"{format_count(len(self.partners))} {self.theme.glyphs.dot} {order}"

    def placeholder(self) -> str:
        return _("filter…")

    def empty_lines(self) -> list[str]:
        publishers = self.listed == "publisher"
        if self.field_text:
            none = _("No partner in this scope is called “{name}”.")
            if publishers:
                none = _("No publisher in this scope is called “{name}”.")
            lines = [none.format(name=self.field_text), _("The search finds words in all texts.")]
            return [*lines, _("x removes a restriction.")] if self.restricted else lines
        if not self.restricted:
            return [_("This archive names no partner.")]
        none = _("No publisher in this scope.") if publishers else _("No partner in this scope.")
        return [none, _("x removes a restriction.")]

    def draw_item(self, item: int, part: int, cells: int, line: str) -> list[Segment]:
        partner, theme = self.partners[item], self.theme
        dim = theme.on("dim", line)
        spark = _SPARK if cells >= 50 else 0
        kind = _KIND if cells >= 38 and self.listed == "partner" else 0
        counts = _COUNT if self.listed == "partner" else _COUNT + 3
        name = cells - counts - _YEAR - kind - spark - 1
        chosen = partner.id == self.chosen
        title = f"{partner.name} ({partner.matched})" if partner.matched else partner.name
        style = theme.on("accent" if chosen else "strong" if line else "text", line)
        parts = [Segment(fit(title, name, theme.glyphs.ellipsis), style)]
        if kind:
            word = kind_label(partner.kind)
            parts.append(Segment(" " + fit(word, kind - 1, theme.glyphs.ellipsis), dim))
        if spark:
            bars = sparkline(partner.years, spark - 2, theme.glyphs)
            parts.append(Segment(f" {bars} ", dim))
        count = format_count(partner.count) if partner.count else theme.glyphs.dot
        parts.append(Segment(fit_right(count, counts), theme.on("text", line)))
        parts.append(Segment(fit_right(last_year(partner.last), _YEAR) + " ", dim))
        return parts


def last_year(date: str) -> str:
    """The year an EDTF text ends in, "" if it has none."""
    if not date:
        return ""
    try:
        span = parse_edtf(date)
    except DateError:
        return ""
    if not date[:4].isdigit():
        return ""
    return date[:4] if span.last is None else _year_of(span.last)


def _year_of(day: int) -> str:
    from datetime import date

    return str(date.fromordinal(day).year)


def merge_counts(counts: Sequence[int], cells: int) -> list[int]:
    """``counts`` summed into at most ``cells`` neighbouring groups, the last ones whole."""
    if not counts or cells <= 0:
        return []
    size = -(-len(counts) // cells)
    first = len(counts) % size
    merged = [sum(counts[:first])] if first else []
    return merged + [sum(counts[n : n + size]) for n in range(first, len(counts), size)]


def bar(count: int, most: int, glyphs: Glyphs) -> str:
    """The sign for ``count`` where ``most`` is the highest bar; anything above 0 shows."""
    steps = len(glyphs.bars) - 1
    return glyphs.bars[0 if not count else max(1, round(count * steps / max(1, most)))]


def sparkline(counts: Sequence[int], cells: int, glyphs: Glyphs) -> str:
    """The newest counts as one line of bars, in exactly ``cells`` cells."""
    merged = merge_counts(counts, cells)
    most = max(merged, default=0)
    return "".join(bar(count, most, glyphs) for count in merged).rjust(cells)
