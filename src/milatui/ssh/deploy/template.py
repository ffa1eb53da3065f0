"""Fills in the template files of a login.

A template is the file itself: ``@name@`` stands for a value, and lines that begin with ``#@``
choose between parts, which may not contain each other::

    #@when anonymous
    PasswordAuthentication yes
    #@else
    PasswordAuthentication no
    #@end
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_TEMPLATES = Path(__file__).with_name("templates")
_VALUE = re.compile(r"@(\w+)@")


def render(name: str, values: Mapping[str, object], conditions: Collection[str] = ()) -> str:
    """Returns the text of a template with its values filled in.

    Args:
        name: File name of the template.
        values: One value for each name that the template uses; a value is not searched for names.
        conditions: The conditions that hold; a ``#@when`` names one of them, or one that does not.

    Raises:
        KeyError: The template uses a name that ``values`` does not have.
    """
    lines: list[str] = []
    chosen = True
    for line in (_TEMPLATES / name).read_text(encoding="utf-8").splitlines(keepends=True):
        directive, _space, condition = line.rstrip("\n").partition(" ")
        if directive == "#@when":
            chosen = condition in conditions
        elif directive == "#@else":
            chosen = not chosen
        elif directive == "#@end":
            chosen = True
        elif chosen:
            lines.append(line)
    return _VALUE.sub(lambda found: str(values[found[1]]), "".join(lines))
