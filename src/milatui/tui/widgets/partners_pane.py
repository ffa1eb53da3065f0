"""The list of partners: name, kind, activity per year, number of records, latest year.

In an archive without partners it lists publishers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment

from milatui.catalogue.labels.dates import end_year
from milatui.catalogue.labels.labels import format_count, kind_label
from milatui.i18n import _
from milatui.tui.text.cells import fit, fit_right
from milatui.tui.theme.glyphs import sparkline
from milatui.tui.widgets.list_pane import ListPane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.catalogue.lists.rows import PartnerRow, PublisherRow
    from milatui.tui.state.session import Session

_COUNT, _YEAR, _KIND, _SPARK = 4, 5, 12, 11


class PartnersPane(ListPane):
    """Shows the rows of ``Session.partners``."""

    pane_name = "partners"
    number = 1
    has_field = True

    partners: Sequence[PartnerRow | PublisherRow] = ()
    primary_list = "partner"
    sort = "activity"
    selected_id = ""
    """Id of the partner or publisher that the scope is restricted to."""

    def show_partners(self, session: Session) -> None:
        """Shows the partners in the scope; the cursor stays on its row if that is still listed."""
        here = self.current.id if self.current else session.selected_id
        partners = self.partners = session.partners()
        self.primary_list, self.sort = session.primary_list, session.partner_sort
        self.selected_id = session.selected_id
        place = next((n for n, line in enumerate(partners) if line.id == here), 0) if here else 0
        self.show_items(place)

    @property
    def current(self) -> PartnerRow | PublisherRow | None:
        """The partner or publisher under the cursor."""
        return self.partners[self.cursor] if self.cursor < len(self.partners) else None

    def item_count(self) -> int:
        return len(self.partners)

    def heading(self) -> str:
        return _("Publishers") if self.primary_list == "publisher" else _("Partners")

    def info(self) -> str:
        order = {"activity": _("newest"), "name": _("by name"), "count": _("most")}[self.sort]
        return f"{format_count(len(self.partners))} {self.theme.glyphs.dot} {order}"

    def placeholder(self) -> str:
        return _("filter…")

    def empty_lines(self) -> list[str]:
        publishers = self.primary_list == "publisher"
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

    def draw_item(self, item: int, part: int, cells: int, row_role: str) -> list[Segment]:
        partner, theme = self.partners[item], self.theme
        dim = theme.on("dim", row_role)
        spark = _SPARK if cells >= 50 else 0
        kind = _KIND if cells >= 38 and self.primary_list == "partner" else 0
        counts = _COUNT if self.primary_list == "partner" else _COUNT + 3
        name = cells - counts - _YEAR - kind - spark - 1
        selected = partner.id == self.selected_id
        title = f"{partner.name} ({partner.matched})" if partner.matched else partner.name
        style = theme.on("accent" if selected else "strong" if row_role else "text", row_role)
        parts = [Segment(fit(title, name, theme.glyphs.ellipsis), style)]
        if kind:
            word = kind_label(partner.kind)
            parts.append(Segment(" " + fit(word, kind - 1, theme.glyphs.ellipsis), dim))
        if spark:
            bars = sparkline(partner.years, spark - 2, theme.glyphs)
            parts.append(Segment(f" {bars} ", dim))
        count = format_count(partner.count) if partner.count else theme.glyphs.dot
        parts.append(Segment(fit_right(count, counts), theme.on("text", row_role)))
        parts.append(Segment(fit_right(end_year(partner.last), _YEAR) + " ", dim))
        return parts
