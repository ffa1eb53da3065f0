"""Builds proposals: takes the given values and detects the missing ones."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import PurePath
from typing import TYPE_CHECKING

from milatui.archive.diagnostics import Diagnostic
from milatui.archive.edtf import DateError, parse_edtf
from milatui.archive.markdown.markdown import render_markdown
from milatui.archive.markdown.titles import plain_title
from milatui.archive.records import Document
from milatui.archive.serialize import record_from_dict, with_original
from milatui.archive.syntax.character_references import decode_references
from milatui.archive.validate import is_id
from milatui.i18n import _
from milatui.ingest import detect
from milatui.ingest.proposal import Proposal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from milatui.archive.kinds import Data
    from milatui.ingest.proposal import Origin
    from milatui.ingest.readers.raw_document import RawDocument

_ALIASES = {"lang": "language"}
"""Keys of outside files, and the fields of a document they are taken for if those are absent."""

_FIELDS = frozenset(field.name for field in fields(Document)) - {"body", "extra"}
_LISTS = frozenset({"subject"})
_REFERENCES = frozenset({"translation_of", "version_of", "follows"})
_MAPPINGS = frozenset({"locators", "original"})
_AS_GIVEN = frozenset({"id", "date", "language", "original_language"})
_BEGINNING = 2_000
"""Characters of a text that its date may stand in."""
_SURROGATES = re.compile("[\ud800-\udfff]")


class InvalidValueError(ValueError):
    """The value of ``key`` cannot be used; ``message`` says why."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key
        self.message = message


def propose(raw: RawDocument) -> Proposal | Diagnostic:
    """Builds the proposal of a document, or the diagnostic that says why it cannot be taken."""
    try:
        return build_proposal(raw)
    except InvalidValueError as wrong:
        value = raw.given.get(wrong.key)
        position = raw.body_position if value is None else value.position
        return Diagnostic(raw.file, *position, wrong.key, wrong.message)


def build_proposal(raw: RawDocument) -> Proposal:
    """Builds the proposal of a document from what a reader found; unknown keys are kept.

    The id is kept exactly as given.  Without one it is the stem of the file's name, where a
    file is one document, or is made from the title.

    Raises:
        InvalidValueError: a value has the wrong shape, the date is not EDTF, or there is no text.
    """
    given = {key: value.value for key, value in raw.given.items()}
    _refuse_surrogates("body", raw.body)
    keys = _keys_of_fields(given)
    values = dict(
        with_original({field: _shaped(field, key, given[key]) for field, key in keys.items()})
    )
    values["body"] = raw.body
    found: dict[str, Origin] = {}
    _find_title(values, found)
    _find_id(values, found, raw.stem)
    _find_date(values, found, raw.stem or PurePath(_text(values, "source")).stem)
    _find_language(values, found, keys.get("language", "language"))
    document = record_from_dict("document", values)
    assert isinstance(document, Document)  # noqa: S101 - what from_data promises for the kind
    return Proposal(document, raw.file, raw.line, found, raw.notes)


def _keys_of_fields(given: Mapping[str, Data]) -> dict[str, str]:
    """Returns the key that gives each field; if both names are used, both are kept."""
    keys: dict[str, str] = {}
    for key in given:
        field = _ALIASES.get(key, key)
        keys[key if field in given else field] = key
    return keys


def _shaped(field: str, key: str, value: Data) -> Data:
    """Converts a value to what its field takes; errors name it by its ``key``."""
    _refuse_surrogates(key, [key, value])
    if field not in _FIELDS:
        return value
    if field in _LISTS:
        items = [value] if isinstance(value, str) else value
        if isinstance(items, list) and all(isinstance(item, str) for item in items):
            return [_reference(key, str(item)) for item in items if item]
        raise InvalidValueError(key, _("“{key}” must be a list of texts").format(key=key))
    if field in _MAPPINGS:
        if isinstance(value, dict) and all(isinstance(item, str) for item in value.values()):
            return value
        raise InvalidValueError(key, _("“{key}” must be a mapping of texts").format(key=key))
    if not isinstance(value, str):
        raise InvalidValueError(key, _("“{key}” must be a text").format(key=key))
    if field in _REFERENCES and value:
        return _reference(key, value)
    if field in _AS_GIVEN:
        return value if field == "id" else value.strip()
    if field == "title":
        value = plain_title(value)
    return decode_references(value).strip()


def _reference(key: str, value: str) -> str:
    """Returns the id of another record. An invalid one would be lost on reading the file again."""
    identifier = value.strip()
    if not is_id(identifier):
        raise InvalidValueError(key, _("an id has no control characters and no spaces at its ends"))
    return identifier


def _refuse_surrogates(key: str, value: Data) -> None:
    """Refuses lone surrogates: they cannot be written to a file."""
    if isinstance(value, str):
        if not value.isascii() and _SURROGATES.search(value):
            raise InvalidValueError(
                key, _("“{key}” holds half of a character (a surrogate)").format(key=key)
            )
        return
    for item in value if isinstance(value, list) else (*value, *value.values()):
        _refuse_surrogates(key, item)


def _find_title(values: dict[str, Data], found: dict[str, Origin]) -> None:
    body = _text(values, "body")
    if _text(values, "title"):
        return
    title, rest = detect.detect_title(body)
    title = decode_references(title)
    if not title:
        raise InvalidValueError("body", _("there is neither a title nor a text"))
    values["title"] = title
    values["body"] = rest
    found["title"] = "heading" if rest != body else "text"


def _find_id(values: dict[str, Data], found: dict[str, Origin], stem: str) -> None:
    if given := _text(values, "id"):
        if not is_id(given):
            raise InvalidValueError(
                "id", _("an id has no control characters and no spaces at its ends")
            )
        return
    values["id"] = stem or detect.slug(_text(values, "title"))
    found["id"] = "file name" if stem else "title"
    if not values["id"]:
        raise InvalidValueError("id", _("there is no id, and none can be made from the title"))


def _find_date(values: dict[str, Data], found: dict[str, Origin], name: str) -> None:
    given = detect.given_date(_text(values, "date"))
    if given:
        try:
            parse_edtf(given)
        except DateError as error:
            raise InvalidValueError("date", str(error)) from None
        values["date"] = given
        return
    for date, origin in _dates(name, _text(values, "body")):
        if date:
            values["date"] = date
            found["date"] = origin
            return


def _dates(name: str, body: str) -> tuple[tuple[str, Origin], ...]:
    return (
        (detect.detect_date(render_markdown(body[:_BEGINNING]).text), "text"),
        (detect.date_in_file_name(name), "file name"),
    )


def _find_language(values: dict[str, Data], found: dict[str, Origin], key: str) -> None:
    given = _text(values, "language")
    if given:
        try:
            values["language"] = detect.language_tag(given)
        except ValueError:
            message = _("“{text}” is not a language tag such as en or fr-CA").format(text=given)
            raise InvalidValueError(key, message) from None
        return
    language = detect.detect_language(f"{_text(values, 'title')}\n{_text(values, 'body')}")
    if language:
        values["language"] = language
        found["language"] = "text"


def _text(values: Mapping[str, Data], key: str) -> str:
    value = values.get(key, "")
    return value if isinstance(value, str) else ""
