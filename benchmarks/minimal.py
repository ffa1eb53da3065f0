"""The yardstick: a four-pane Textual program of stock widgets that does nothing."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Footer, Header, Input, OptionList, Static


class Yardstick(App[None]):
    """Forty names, sixteen years, a page of text and an input line."""

    CSS = "#lists { width: 35%; } #lists OptionList, #page { border: round $primary; height: 1fr; }"

    def compose(self) -> ComposeResult:
        yield Header()
        yield Input(placeholder="Search")
        with Horizontal():
            with Vertical(id="lists"):
                yield OptionList(*(f"Organisation {number}" for number in range(40)))
                yield OptionList(*(str(year) for year in range(2010, 2026)))
            with VerticalScroll(id="page"):
                yield Static("One sentence after the other. " * 110)
        yield Footer()


if __name__ == "__main__":
    Yardstick().run()
