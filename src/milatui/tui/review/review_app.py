"""The application around the review screen; ``run`` starts it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, ClassVar

from milatui.archive.sanitize import sanitize
from milatui.tui.actions import actions, review_actions
from milatui.tui.keymap import Keymap, keymap_path, read_keymap
from milatui.tui.review.review_options import ReviewOptions, ReviewOutcome
from milatui.tui.review.review_screen import ReviewScreen
from milatui.tui.state.session_limits import SessionLimits
from milatui.tui.terminal.driver import HardenedDriver
from milatui.tui.theme.glyphs import choose_glyphs
from milatui.tui.theme.theme import choose_theme
from milatui.tui.themed_app import ThemedApp

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.driver import Driver
    from textual.screen import Screen

    from milatui.ingest.review.review_session import ReviewSession


class ReviewApp(ThemedApp, inherit_bindings=False):
    """Runs the review screen.

    Attributes:
        outcome: How the review ended.
    """

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        session: ReviewSession,
        options: ReviewOptions,
        keymap: Keymap,
        driver: type[Driver] | None = None,
    ) -> None:
        theme = choose_theme(options.theme, choose_glyphs())
        super().__init__(driver, theme, read_only=False, limits=SessionLimits(0, 0))
        self.outcome = ReviewOutcome(save=False)
        self.review = ReviewScreen(session, theme, keymap, options)
        self.set_keymap(dict(keymap.changed))

    def get_default_screen(self) -> Screen[None]:
        return self.review

    def on_review_screen_ended(self, event: ReviewScreen.Ended) -> None:
        """Ends the program with the outcome."""
        self.outcome = event.outcome
        self.exit(0)


def run(session: ReviewSession, options: ReviewOptions) -> ReviewOutcome:
    """Runs the review until it is saved or left.

    A signal or an error ends it without saving; what was decided is kept by the session.
    """
    keymap = read_keymap(keymap_path(), (*actions(), *review_actions()))
    for error in keymap.errors:
        sys.stderr.write(sanitize(f"milatui: {error}\n"))
    app = ReviewApp(session, options, keymap, HardenedDriver)
    app.run(mouse=options.mouse)
    app.print_exit_message()
    code = app.return_code or 0
    return ReviewOutcome(save=app.outcome.save and not code, code=code)
