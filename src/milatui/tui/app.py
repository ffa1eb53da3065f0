"""The application: theme, driver and keymap around the main screen; ``run`` starts it."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, ClassVar, Final

gc.disable()  # Imports create thousands of objects and no garbage: start takes 9 % less time.

from milatui.stand_in import stand_in  # noqa: E402
from milatui.tui.terminal.environment import block_ssl_import, scrub_environment  # noqa: E402

scrub_environment(os.environ)
block_ssl_import(sys.modules)
# Textual's command palette, which is not used, imports ten widgets; the folder for downloads is
# where Textual would save pictures of the screen, which it may not.
with stand_in("textual.command"), stand_in("platformdirs"):
    import textual.app  # noqa: F401

from textual.binding import Binding, BindingType  # noqa: E402

from milatui.archive.sanitize import sanitize  # noqa: E402
from milatui.i18n import _, set_language  # noqa: E402
from milatui.tui.actions import actions, review_actions  # noqa: E402
from milatui.tui.keymap import Keymap, keymap_path, read_keymap  # noqa: E402
from milatui.tui.screen.main_screen import MainScreen  # noqa: E402
from milatui.tui.state.memory import use_one_heap  # noqa: E402
from milatui.tui.state.session_limits import SessionLimits  # noqa: E402
from milatui.tui.terminal.driver import HardenedDriver  # noqa: E402
from milatui.tui.theme.glyphs import choose_glyphs  # noqa: E402
from milatui.tui.theme.theme import choose_theme  # noqa: E402
from milatui.tui.themed_app import ThemedApp  # noqa: E402

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.screen import Screen

    from milatui.tui.app_options import Options

_GARBAGE: Final = 700
"""Number of new objects after which garbage is looked for: Python's own, where a command that
ends soon takes a larger one."""


class MilatuiApp(ThemedApp, inherit_bindings=False):
    """Runs the main screen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "help_quit", show=False)]

    def __init__(
        self, options: Options, keymap: Keymap, driver: type[Driver] | None = None
    ) -> None:
        theme = choose_theme(options.theme, choose_glyphs())
        super().__init__(
            driver,
            theme,
            read_only=options.read_only,
            limits=SessionLimits(options.idle, options.longest),
        )
        self.main = MainScreen(theme, keymap, options)
        self.set_keymap(dict(keymap.changed))

    def get_default_screen(self) -> Screen[None]:
        return self.main

    def on_mount(self) -> None:
        """Starts the session timer; enables garbage collection after the first paint."""
        self.start_session_timer()
        self.call_after_refresh(self._after_first_paint)

    def _after_first_paint(self) -> None:
        gc.freeze()
        gc.set_threshold(_GARBAGE)
        gc.enable()
        if self.main.keymap.errors:
            self.main.show_status(self.main.keymap.errors[0])

    def cancel_tasks(self) -> None:
        """Cancels a running build, or the watch of the index."""
        self.main.index_controller.stop()

    def warn(self, message: str) -> None:
        """Shows that the session is about to end."""
        self.main.show_status(message)

    def action_help_quit(self) -> None:
        """Shows how to leave: the action of Ctrl-C."""
        self.main.show_status(_("Press q to leave."))


def run(options: Options) -> int:
    """Runs the interface until the user leaves; returns the exit status."""
    set_language(options.language)
    keymap = read_keymap(keymap_path(), (*actions(), *review_actions()))
    for error in keymap.errors:
        sys.stderr.write(sanitize(f"milatui: {error}\n"))
    if options.read_only:
        use_one_heap()
    app = MilatuiApp(options, keymap, HardenedDriver)
    status = app.run(mouse=options.mouse)
    app.print_exit_message()
    return app.return_code or status or 0
