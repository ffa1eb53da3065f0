"""The yardstick: a four-pane Textual program of stock widgets that does nothing."""

from __future__ import annotations

import ctypes
import signal
import sys

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


def end_with_parent() -> None:
    """Ends this process when its parent does: Textual would read a closed terminal for ever."""
    if sys.platform == "linux":
        set_parent_death_signal = 1  # PR_SET_PDEATHSIG of linux/prctl.h
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)


if __name__ == "__main__":
    end_with_parent()
    Yardstick().run()
