"""What the actions of the registry do, by their ids."""

from __future__ import annotations

from milatui.tui.commands import moving, narrowing, program, reading
from milatui.tui.commands.moving import Command

COMMANDS: dict[str, Command] = {
    **moving.COMMANDS,
    **reading.COMMANDS,
    **narrowing.COMMANDS,
    **program.COMMANDS,
}
