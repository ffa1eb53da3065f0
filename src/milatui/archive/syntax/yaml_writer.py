"""Formats plain data as YAML that people read and every YAML reader understands alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yaml import SafeDumper as _Dumper

    from milatui.archive.kinds import Data
else:
    _Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

_WIDTH: Final = 100
_LOOKS_TYPED: Final = re.compile(
    r"[-+]?[0-9.][0-9._,:]*(?:e[-+]?[0-9]+)?|[-+]?0[xob][0-9a-f_]+|[-+]?\.(?:inf|nan)"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*|y|n|yes|no|on|off|true|false|null|~|<<|=",
    re.IGNORECASE,
)
"""What some YAML reader takes for a number, a date, a truth value or nothing (YAML 1.1, 1.2)."""
_BLOCK: Final = re.compile(r"[^\s\x00-\x1f\x7f][^\x00-\x09\x0b-\x1f\x7f-\xa0\ud800-\udfff]*[^\s]")
"""Texts that YAML can hold as a block as they are."""


class _RecordDumper(_Dumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None
    if "\n" in text:
        # Loading takes line ends off the end of block texts, so these need quotes to stay.
        plain_lines = "\n " not in text and " \n" not in text
        style = "|" if plain_lines and _BLOCK.fullmatch(text) else '"'
    elif _LOOKS_TYPED.fullmatch(text):
        style = "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_RecordDumper.add_representer(str, _represent_text)


def dump_yaml(data: Data) -> str:
    """Formats data as block YAML in its own key order, with a newline at the end.

    Text that another YAML reader would take for a number, a date or a truth value is
    quoted.  Lone surrogates, which no file can hold, become question marks.
    """
    text: str = yaml.dump(
        _encodable(data),
        Dumper=_RecordDumper,
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=_WIDTH,
    )
    return text


def dump_inline(data: Data) -> str:
    """Formats data as YAML on one line, as it may stand within ``[...]`` or behind ``key:``."""
    text: str = yaml.dump(
        [_encodable(data)],
        Dumper=_RecordDumper,
        allow_unicode=True,
        default_flow_style=True,
        sort_keys=False,
        width=2**31 - 1,
    )
    return text.strip()[1:-1]


def without_surrogates(text: str) -> str:
    """Replaces lone surrogates, which no file can hold, by question marks."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _encodable(data: Data) -> Data:
    if isinstance(data, str):
        return without_surrogates(data)
    if isinstance(data, list):
        return [_encodable(item) for item in data]
    return _encodable_mapping(data)


def _encodable_mapping(data: Mapping[str, Data]) -> dict[str, Data]:
    return {without_surrogates(key): _encodable(value) for key, value in data.items()}
