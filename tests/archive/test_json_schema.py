"""The JSON Schemas of records accept and refuse what ``milatui check`` does."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from jsonschema import Draft7Validator

from milatui.archive.kinds import FOLDERS, KINDS
from milatui.archive.published.json_schema import json_schemas
from milatui.archive.schema import SCHEMAS
from milatui.archive.syntax.front_matter import split_front_matter
from milatui.archive.syntax.yaml_nodes import compose
from milatui.archive.syntax.yaml_writer import dump_yaml
from milatui.archive.validate import NodeValidator
from tests.rounds import with_ci

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milatui.archive.kinds import Data, Kind

SHIPPED = Path(__file__).parents[2] / "data"
_TEXTS = ["", "x", "2021-13", "2021-22", "2018/..", "2021-05-03T10:00Z", "en", "CA", " x"]
_TEXTS += ["https://example.org/a", "true", "exact"]
_CONTAINERS: list[Data] = [["x"], [""], {"x": "y"}]
WRONG: tuple[Data, ...] = (*_TEXTS, *_CONTAINERS)


def _validator(name: str) -> Draft7Validator:
    schema = json.loads(json_schemas()[f"{name}.json"])
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def _header(path: Path) -> str:
    text = path.read_text("utf-8")
    return split_front_matter(text).header if path.suffix == ".md" else text


def _files(kind: Kind) -> list[Path]:
    return sorted(path for path in (SHIPPED / FOLDERS[kind]).rglob("*.*") if path.is_file())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("share", with_ci([8], [1]))
def test_every_file_of_the_shipped_archive_is_valid(kind: Kind, share: int) -> None:
    validator = _validator(kind)
    for path in _files(kind)[:: share * (10 if kind == "document" else 1)]:
        data = yaml.load(_header(path), yaml.BaseLoader)  # noqa: S506 - the safest of all
        assert [error.message for error in validator.iter_errors(data)] == [], path


def test_values_that_yaml_types_are_valid_too() -> None:
    record = {"id": 7, "measure": "desks", "value": 40, "unit": "count", "as_of": 2018}
    assert _validator("figure").is_valid(record)
    assert _validator("figure").is_valid([record, {**record, "note": None}])
    assert not _validator("figure").is_valid([{**record, "as_of": True}])
    assert not _validator("figure").is_valid([{**record, "unit": None}])


def test_the_metadata_of_the_shipped_archive_is_valid() -> None:
    data = yaml.load(_header(SHIPPED / "archive.yaml"), yaml.BaseLoader)  # noqa: S506
    assert _validator("archive").is_valid(data)
    assert not _validator("archive").is_valid({**data, "tite": "x"})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("share", with_ci([8], [1]))
def test_a_changed_record_is_valid_if_check_finds_no_fault_in_it(kind: Kind, share: int) -> None:
    validator = _validator(kind)
    verdicts = set()
    for path in _files(kind)[:: 300 if kind == "document" else 150]:
        loaded = yaml.load(_header(path), yaml.BaseLoader)  # noqa: S506
        record = loaded[0] if isinstance(loaded, list) else loaded
        for changed in islice(_variants(record), None, None, share):
            assert isinstance(changed, dict)
            good = _is_faultless(kind, changed)
            assert validator.is_valid(changed) is good, dump_yaml(changed)
            verdicts.add(good)
    assert verdicts == {True, False}


def _is_faultless(kind: Kind, record: dict[str, Data]) -> bool:
    text = dump_yaml(record)
    node = compose(text)
    assert node is not None
    validator = NodeValidator("", len(text))
    if kind == "document" and "id" not in record:
        text = dump_yaml({"id": "x", **record})
        node = compose(text)
        assert node is not None
    validator.table(node, SCHEMAS[kind])
    return not validator.diagnostics


def _variants(value: Data) -> Iterator[Data]:
    """Yields a value with one part of it, at any depth, changed in each way or taken out."""
    if isinstance(value, dict):
        yield {**value, "unknown": "x"}
        for key, inner in value.items():
            yield {other: each for other, each in value.items() if other != key}
            yield from ({**value, key: changed} for changed in (*WRONG, *_variants(inner)))
    elif isinstance(value, list) and value:
        yield from ([changed, *value[1:]] for changed in (*WRONG, *_variants(value[0])))
