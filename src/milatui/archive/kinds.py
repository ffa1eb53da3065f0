"""Defines the kinds of records, their folders, and the plain data they are made from.

Apart from ``records``, because a list of records needs no more than these, and a start is
quicker without the classes.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

Kind = Literal["partner", "person", "event", "figure", "statement", "document"]
KINDS: tuple[Kind, ...] = ("partner", "person", "event", "figure", "statement", "document")
FOLDERS: dict[Kind, str] = {
    "partner": "partners",
    "person": "people",
    "event": "events",
    "document": "documents",
    "figure": "figures",
    "statement": "statements",
}
KIND_BY_FOLDER: dict[str, Kind] = {folder: kind for kind, folder in FOLDERS.items()}

Data: TypeAlias = "str | list[Data] | dict[str, Data]"
"""Plain data as the YAML base loader gives it: every scalar is still text."""
