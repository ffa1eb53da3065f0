"""The commands behind the actions of the registry, by action id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.tui.commands.cite import CITE_COMMANDS
from milatui.tui.commands.export_scope import EXPORT_COMMANDS
from milatui.tui.commands.find import FIND_COMMANDS
from milatui.tui.commands.move import MOVE_COMMANDS
from milatui.tui.commands.narrow import SCOPE_COMMANDS
from milatui.tui.commands.open import OPEN_COMMANDS
from milatui.tui.commands.own_notes import NOTE_COMMANDS
from milatui.tui.commands.period import PERIOD_COMMANDS
from milatui.tui.commands.program import APP_COMMANDS
from milatui.tui.commands.views import VIEW_COMMANDS
from milatui.tui.commands.write_report import REPORT_COMMANDS

if TYPE_CHECKING:
    from milatui.tui.commands.command import Command

COMMANDS: dict[str, Command] = {
    **MOVE_COMMANDS,
    **OPEN_COMMANDS,
    **FIND_COMMANDS,
    **SCOPE_COMMANDS,
    **PERIOD_COMMANDS,
    **VIEW_COMMANDS,
    **NOTE_COMMANDS,
    **EXPORT_COMMANDS,
    **REPORT_COMMANDS,
    **CITE_COMMANDS,
    **APP_COMMANDS,
}
