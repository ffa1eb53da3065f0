"""The list of partners: name, sector, since when, last record, number of records, and activity.

In an archive without partners it lists publishers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.catalogue.labels.dates import end_year, format_range
from milatui.catalogue.labels.labels import format_count, kind_label
from milatui.catalogue.labels.vocabulary import sector_label
from milatui.catalogue.lists.partners import row_position
from milatui.i18n import _, pgettext
from milatui.tui.text.cells import width
from milatui.tui.theme.glyphs import sparkline
from milatui.tui.widgets.list_columns import (
    Cell,
    PaneColumn,
    cell_line,
    fit_columns,
    wrap_title,
    wrap_words,
)
from milatui.tui.widgets.list_pane import ListPane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.segment import Segment

    from milatui.catalogue.lists.activity_rows import PartnerRow, PublisherRow
    from milatui.tui.state.session import Session

_YEAR, _COUNT, _NAME = 5, 5, 18
"""Widths of the columns; the name has at least ``_NAME``."""
_NAME_LINES = 6
"""Most lines of a name."""
_SECTOR = (13, 15)
"""Least width of sectors, and that from which few of their words are broken."""
_SECTOR_LINES = 3
"""Most lines of a sector."""
_SPARK = (6, 18)
"""Least and greatest widths."""
_TIGHT, _ALL, _NARROW = 45, 58, 62
"""Cells that name, sector and years take at least, and all columns; of cells beyond ``_NARROW``
half are for long sectors."""
_OTHERS = 46
"""Cells that the other columns have before the sparkline grows."""


class PartnersPane(ListPane):
    """Shows the rows of ``Session.partners``."""

    pane_name = "partners"
    number = 1
    has_field = True
    field_stays = False

    partners: Sequence[PartnerRow | PublisherRow] = ()
    primary_list = "partner"
    total = 0
    """Number of partners or publishers of the archive."""
    years = (0, 0)
    """First and last year of the sparklines; 0 if nothing is dated."""
    sort = "activity"
    longest_sector = 0
    """Cells of the longest name of a sector."""
    selected_ids: frozenset[str] = frozenset()
    """Ids of the partners or publishers that the scope is restricted to."""

    def show_partners(self, session: Session) -> None:
        """Shows the partners in the scope; the cursor stays on its row if that is still listed."""
        here = self.current.id if self.current else min(session.selected_ids, default="")
        partners = self.partners = session.partners()
        self.primary_list, self.sort = session.primary_list, session.partner_sort
        self.selected_ids = session.selected_ids
        labels = map(sector_label, session.catalogue.sector_ids)
        self.longest_sector = max(map(width, labels), default=0)
        info = session.catalogue.info
        publishers = self.primary_list == "publisher"
        self.total = info.publishers if publishers else info.counts["partner"]
        self.years = (info.first_year, info.last_year)
        self.show_items(row_position(partners, here) or 0 if here else 0)

    @property
    def current(self) -> PartnerRow | PublisherRow | None:
        """The partner or publisher under the cursor."""
        return self.partners[self.cursor] if self.cursor < len(self.partners) else None

    def item_count(self) -> int:
        return len(self.partners)

    def heading(self) -> str:
        return _("Publishers") if self.primary_list == "publisher" else _("Partners")

    def info(self) -> str:
        order = {
            "activity": _("newest"),
            "name": _("by name"),
            "count": _("most"),
            "sector": _("by sector"),
        }[self.sort]
        if self.field_text:
            order = _("best first")
        count = format_count(len(self.partners))
        if (self.restricted or self.field_text) and len(self.partners) < self.total:
            count = _("{count} of {all}").format(count=count, all=format_count(self.total))
        return f"{count} {self.theme.glyphs.dot} {order}"

    def placeholder(self) -> str:
        return _("filter…")

    def empty_lines(self) -> list[str]:
        publishers = self.primary_list == "publisher"
        if self.field_text:
            none = _("No partner in this scope is called “{name}”.")
            if publishers:
                none = _("No publisher in this scope is called “{name}”.")
            lines = [
                none.format(name=self.field_text),
                _("Esc and / search all texts, misspelt words as well."),
            ]
            return [*lines, _("x removes a restriction.")] if self.restricted else lines
        if not self.restricted:
            return [_("This archive names no partner.")]
        none = _("No publisher in this scope.") if publishers else _("No partner in this scope.")
        return [none, _("x removes a restriction.")]

    # Columns -----------------------------------------------------------------------------

    def choose_columns(self, cells: int) -> list[PaneColumn]:
        least, most = _SECTOR
        spare = cells - (_ALL if cells >= _ALL else _TIGHT)
        least = max(least, min(most, self.longest_sector, least + spare))
        sector = max(least, min(self.longest_sector, least + (cells - _NARROW) // 2))
        spark = max(_SPARK[0], min(_SPARK[1], (cells - _OTHERS) // 2))
        columns = [
            PaneColumn("name", pgettext("column", "name")),
            PaneColumn("sector", pgettext("column", "sector"), sector, 3),
            PaneColumn("since", pgettext("column", "since"), _YEAR, 2, right=True),
            PaneColumn("last", pgettext("column", "last"), _YEAR, 1, right=True),
            PaneColumn("count", pgettext("column", "items"), _COUNT, 4, right=True),
            PaneColumn("years", self._years_heading(spark), spark, 5),
        ]
        if self.primary_list == "publisher":
            columns = [column for column in columns if column.name not in ("sector", "since")]
        return fit_columns(columns, cells, _NAME, self.sorted_column()[0])

    def sorted_column(self) -> tuple[str, bool]:
        if self.field_text:
            return "", True
        name = "last" if self.sort == "activity" else self.sort
        return name, name in ("name", "sector")

    def _sector(self, item: int) -> list[str]:
        """Returns what a line says of the sector, on several lines if it is to be whole."""
        partner = self.partners[item]
        label = sector_label(partner.sector) or kind_label(partner.kind)
        room = next((c.cells for c in self.columns if c.name == "sector"), 0)
        if not room or not self.expanded or width(label) <= room:
            return [label]
        return wrap_words(label, room, _SECTOR_LINES, self.theme.glyphs.ellipsis)

    def _wrap_title(self, item: int) -> tuple[int, list[str]]:
        if len(self._sector(item)) == 1:
            return super()._wrap_title(item)
        # The name keeps to its column: beside it the sector goes on.
        room = next(c.cells for c in self.columns if c.name == "name")
        return 0, wrap_title(self.title_of(item), room, room, _NAME_LINES)

    def lines_below(self, item: int) -> int:
        return max(0, len(self._sector(item)) - len(self.title_lines(item)))

    def title_of(self, item: int) -> str:
        partner = self.partners[item]
        return f"{partner.name} ({partner.matched})" if partner.matched else partner.name

    def draw_item(self, item: int, part: int, cells: int, row_role: str) -> list[Segment]:
        partner, theme = self.partners[item], self.theme
        selected = partner.id in self.selected_ids
        role = "accent" if selected else "strong" if row_role else "text"
        names, sectors = self.title_lines(item), self._sector(item)
        if part and len(sectors) == 1:
            return self.draw_continuation(item, part, cells, row_role, role)
        name = Cell(names[part] if part < len(names) else "", role)
        sector = Cell(sectors[part] if part < len(sectors) else "")
        if part:
            return cell_line(self.columns, {"name": name, "sector": sector}, theme, row_role)
        return cell_line(
            self.columns,
            {
                "name": name,
                "sector": sector,
                "since": Cell(end_year(partner.since)),
                "last": Cell(end_year(partner.last)),
                "count": Cell(format_count(partner.count) if partner.count else "", "text"),
                "years": Cell(self._sparkline(partner.years)),
            },
            theme,
            row_role,
        )

    def _years_heading(self, cells: int) -> str:
        first, last = self.years
        headings: tuple[str, ...] = (format_range(str(first), str(last)),)
        if first != last:
            headings += (f"{first}–{last % 100:02}", f"{first % 100:02}–{last % 100:02}")
        return next((heading for heading in headings if last and len(heading) <= cells), "")

    def _sparkline(self, years: Sequence[int]) -> str:
        cells = next((c.cells for c in self.columns if c.name == "years"), 0)
        return sparkline(years, cells, self.theme.glyphs) if cells else ""
