"""What the actions of the registry do, by their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.tui.commands import moving, narrowing, program, reading, searching, viewing

if TYPE_CHECKING:
    from milatui.tui.commands.moving import Command

COMMANDS: dict[str, Command] = {
    **moving.COMMANDS,
    **reading.COMMANDS,
    **narrowing.COMMANDS,
    **searching.COMMANDS,
    **viewing.COMMANDS,
    **program.COMMANDS,
}
