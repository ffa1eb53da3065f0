"""Writes an archive with attacks in every field; made from the schema, so none is missing."""

from __future__ import annotations

import os
from pathlib import Path

from milatui.archive.kinds import FOLDERS, KINDS, Data, Kind
from milatui.archive.schema import (
    METADATA,
    SCHEMAS,
    SOURCE,
    ListOf,
    MapOf,
    RecordSchema,
    Scalar,
    ValueSchema,
)
from tests.security.testbed.payloads import PAYLOADS

LETTERS: dict[Kind, str] = dict(zip(KINDS, "phefsd", strict=True))
"""With what the id of each kind begins: ``p0``, ``h0`` ..."""
_PER_FILE = 50
"""Numbers of one file: a file of all would be larger than an archive may have."""
_NO_NAME = dict.fromkeys(map(ord, "/\0"))
_NO_ID = dict.fromkeys(range(0x20)) | {0x7F: None}


def hostile_id(kind: Kind, number: int) -> str:
    """Returns an id with every hostile character that an id can have."""
    return f"{LETTERS[kind]}x {PAYLOADS[number % len(PAYLOADS)].translate(_NO_ID).strip()} {number}"


def write_archive(root: Path, documents: int) -> Path:
    """Writes an archive with ``documents`` records of each kind, and as many with hostile ids."""
    for folder in FOLDERS.values():
        (root / folder).mkdir(parents=True)
    attack = _Attack(1, "p0")
    head = attack.table(METADATA) | {"home": "p0"}
    (root / "archive.yaml").write_text(quoted(head), encoding="utf-8")
    rows: list[Data] = [
        [f"word{number}", f"PWN{number} {payload}"] for number, payload in enumerate(PAYLOADS)
    ]
    (root / "synonyms.yaml").write_text(quoted([*rows, list(PAYLOADS)]), encoding="utf-8")
    for kind in KINDS[:-1]:
        for first in range(0, documents, _PER_FILE):
            numbers = range(first, min(first + _PER_FILE, documents))
            records = [_record(kind, n, hostile) for n in numbers for hostile in (False, True)]
            text = "\n".join(f"- {quoted(record)}" for record in records) + "\n"
            (root / FOLDERS[kind] / f"from{first}.yaml").write_text(text, encoding="utf-8")
    for number in range(documents):
        payload = PAYLOADS[number % len(PAYLOADS)]
        for hostile in (False, True):
            name = payload.translate(_NO_NAME) if hostile else "d"
            name = os.fsdecode(os.fsencode(name)[:200].decode("utf-8", "ignore").encode())
            path = root / FOLDERS["document"] / f"{name}{number}{hostile}.md"
            text = f"---\n{quoted(_record('document', number, hostile))}\n---\n\n{_body(payload)}"
            path.write_text(text, encoding="utf-8", newline="")
    return root


def _record(kind: Kind, number: int, hostile: bool) -> dict[str, Data]:
    identifier = hostile_id(kind, number) if hostile else f"{LETTERS[kind]}{number}"
    attack = _Attack(number, identifier)
    record = attack.table(SCHEMAS[kind])
    if not hostile and number % 2:
        # Some are of the usual kinds, or no list and no card would have a sign to draw.
        shapes = SCHEMAS[kind].fields.items()
        record |= {k: s.choices[0] for k, s in shapes if isinstance(s, Scalar) and s.choices}
    return record


class _Attack:
    """Values that attack, of every shape, for the record ``identifier``, the ``number``-th."""

    def __init__(self, number: int, identifier: str) -> None:
        self._payload = PAYLOADS[number % len(PAYLOADS)]
        self._text = f"word {self._payload} {number}"
        self._number, self._identifier = number, identifier

    def table(self, table: RecordSchema) -> dict[str, Data]:
        """Returns a mapping with every field of the schema, and an unknown one."""
        values = {key: self._value(shape) for key, shape in table.fields.items()}
        if table is SOURCE:
            # Only words that stand in the document are shown beside it.
            values |= {"exact": "plain passage", "prefix": "A", "suffix": ""}
        return {**values, f"unknown {self._text}": [self._text, {self._text: self._text}]}

    def _value(self, shape: ValueSchema) -> Data:
        if isinstance(shape, RecordSchema):
            return self.table(shape)
        if isinstance(shape, ListOf):
            return [self._value(shape.item), self._value(shape.item)]
        if isinstance(shape, MapOf):
            return {key: self._value(shape.item) for key in ("name", "country", self._text)}
        if shape.type == "date":
            return f"20{self._number % 24:02}"
        if shape.refers:
            return f"{LETTERS[shape.refers]}{self._number}"
        if shape.type == "id":
            return self._identifier
        if shape.type == "address":
            return f"https://x.example/{self._text}"
        return self._text


def _body(payload: str) -> str:
    bad = payload.replace("\x00", "")
    every = "\n\n".join(one.replace("\x00", "") for one in PAYLOADS)
    return (
        f"# word {bad}\n\nA plain passage, then word {bad}.\n\n> {bad}\n\n```\n{bad}\n```\n\n"
        f"- [{bad}](javascript:alert)\n- **{bad}** `{bad}` [x](file:///etc/passwd)\n\n"
        f"[{bad}](https://x.example/{bad.split()[0]}) <https://y.example/{bad.split()[0]}>\n\n"
        f"| a | {bad} |\n|---|---|\n| {bad} | b |\n\n{every}\n"
    )


def quoted(data: Data) -> str:
    """Returns ``data`` as ASCII YAML: YAML's escapes carry the attacks."""
    if isinstance(data, list):
        return f"[{', '.join(map(quoted, data))}]"
    if isinstance(data, dict):
        pairs = (f"? {quoted(key)} : {quoted(value)}" for key, value in data.items())
        return f"{{{', '.join(pairs)}}}"
    plain = {'"': '\\"', "\\": "\\\\"}
    return f'"{"".join(plain.get(letter) or _escaped(letter) for letter in data)}"'


def _escaped(letter: str) -> str:
    return letter if " " <= letter <= "~" else f"\\U{ord(letter):08x}"
