"""Builds proposals: takes the given values and detects the missing ones.

A document is never lost for the sake of a value.  What its field cannot hold is kept under a key
of its own (``date_given``) and reported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from milatui.archive.diagnostics import Diagnostic
from milatui.archive.edtf import DateError
from milatui.archive.markdown.markdown import render_markdown
from milatui.archive.markdown.titles import plain_title
from milatui.archive.records import Document, Original
from milatui.archive.serialize import record_from_dict, with_original
from milatui.archive.syntax.character_references import decode_references
from milatui.archive.validate import is_id
from milatui.archive.written_dates import date_in_name, fold_words, read_date
from milatui.i18n import _
from milatui.ingest import detect
from milatui.ingest.confidence import Confidence
from milatui.ingest.dateline import find_dateline
from milatui.ingest.file_ids import identifier_of_name
from milatui.ingest.language_detector import detect_language
from milatui.ingest.proposal import Proposal, Recognised
from milatui.ingest.recognise.findings import TextSpan
from milatui.ingest.references import DOCUMENT_REFERENCES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from milatui.archive.kinds import Data
    from milatui.ingest.readers.raw_document import RawDocument

_ALIASES: Final = {"lang": "language", "locale": "language", "headline": "title"}
"""Keys of outside files, and the fields of a document they are taken for if those are absent."""

_FIELDS: Final = frozenset(field.name for field in fields(Document)) - {"body", "extra", "file"}
_OURS: Final = frozenset({"body", "extra", "file"})
"""What the reader or the importer gives: the same keys of outside files mean something else."""
_DATES: Final = frozenset({"date", "created"})
_LANGUAGES: Final = frozenset({"language", "original_language"})
_NAMES: Final = frozenset({"creator", "publisher"})
_ORIGINAL_TEXTS: Final = frozenset(field.name for field in fields(Original)) - {"extra"}
_ORIGINAL_DATES: Final = frozenset({"date", "accessed"})

_PUBLISHED: Final = (
    "published", "publishdate", "pubdate", "publisheddate", "datepublished", "publicationdate",
    "pubdatetime", "publisheddatetime", "publishedat", "publishedon", "publishedtime",
    "articlepublishedtime", "firstpublished", "firstpublishedat", "dateofpublication", "posted",
    "postedon", "postedat", "postdate", "dateposted", "released", "releasedate", "datereleased",
    "issued", "dateissued", "dcdate", "dctermsdate", "dcdateissued", "dctermsissued",
    "displaydate", "articledate", "datepublication", "datedepublication", "publiele",
    "dateparution",
)  # fmt: skip
_CREATED: Final = (
    "created", "createdat", "createdon", "createddate", "datecreated", "creationdate",
    "dctermscreated", "datecreation", "datedecreation",
)  # fmt: skip
_CHANGED: Final = (
    "lastmod", "lastmodified", "lastmodifiedat", "updated", "updatedat", "updatedon",
    "moddatetime", "lastupdated", "lastupdate", "modified", "modifiedat", "datemodified",
    "moddate", "articlemodifiedtime", "dctermsmodified", "datemaj", "misajour", "changed",
)  # fmt: skip
"""Keys that site generators and content systems keep dates under, without signs between words."""
_ADDRESSES: Final = ("path", "permalink", "url", "link", "slug")
"""Keys for the path that a document is published under, which has its date on many sites."""
_KEY_SIGNS: Final = re.compile(r"[^a-z0-9]+")
_BEGINNING: Final = 2_000
"""Characters of a text that its date may stand in."""
_MARKUP: Final = re.compile(r"[&<\[]")
"""Signs of markup that a dateline may be hidden in."""
_SURROGATES: Final = re.compile("[\ud800-\udfff]")


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

    A given id is kept exactly.  Without one it is made from the name of the file, where a file
    is one document, or from the title.

    Raises:
        InvalidValueError: there is no text, or it cannot be written to a file.
    """
    _refuse_surrogates("body", raw.body)
    for key, given in raw.given.items():
        _refuse_surrogates(key, [key, given.value])
    draft = _Draft(raw)
    draft.take_given()
    draft.find_title()
    draft.find_id()
    draft.find_date()
    draft.find_language()
    document = record_from_dict("document", draft.values)
    assert isinstance(document, Document)  # noqa: S101 - of its kind
    notes = (*raw.notes, *draft.notes)
    return Proposal(document, raw.file, raw.line, draft.recognised, notes, raw.original)


@dataclass(slots=True)
class _Draft:
    """A document in the making.

    Attributes:
        raw: What the reader found.
        values: Values by field, or by the key of what is not a field.
        recognised: How values were found that nobody gave.
        notes: What is to be said of it.
    """

    raw: RawDocument
    values: dict[str, Data] = field(default_factory=dict)
    recognised: dict[str, Recognised] = field(default_factory=dict)
    notes: list[Diagnostic] = field(default_factory=list)

    def take_given(self) -> None:
        """Takes the given values: known fields in their shape, all others as they are."""
        keys = _keys_of_fields(self.raw.given)
        for name, key in keys.items():
            value = self.raw.given[key].value
            if name in _FIELDS:
                self._take_field(name, key, value)
            else:
                self.values[self._free_key(name) if name in _OURS else name] = value
        self.values = dict(with_original(self.values))
        self.values["body"] = self.raw.body

    def find_title(self) -> None:
        """Detects a title that nobody gave.

        Raises:
            InvalidValueError: there is neither a title nor a text.
        """
        body = self.raw.body
        if self._text("title"):
            return
        title, rest = detect.detect_title(body)
        title = decode_references(title)
        if not title:
            raise InvalidValueError("body", _("there is neither a title nor a text"))
        self.values["title"] = title
        self.values["body"] = rest
        self.recognised["title"] = (
            Recognised("heading")
            if rest != body
            else Recognised("text", Confidence.LIKELY, _span_of(title, body))
        )

    def find_id(self) -> None:
        """Makes an id that nobody gave."""
        if self._text("id"):
            return
        identifier = identifier_of_name(self.raw.stem)
        self.recognised["id"] = Recognised("file name" if identifier else "title")
        # An id of a title without Latin letters is a number, made unique when it is added.
        self.values["id"] = identifier or detect.slug(self._text("title")) or "document"

    def find_date(self) -> None:
        """Finds the date: given under its key or another one, in the file's name, in a dateline."""
        if self._text("date"):
            return
        for names in (_PUBLISHED, _CREATED):
            if self._take_date_of(names, Recognised("key", Confidence.LIKELY)):
                return
        if self._find_date_in_address() or self._find_date_in_name() or self._find_dateline():
            return
        if self._take_date_of(_CHANGED, Recognised("change", Confidence.UNSURE)):
            self._note("date", _("no date of publication: dated by its last change"))

    def find_language(self) -> None:
        """Detects a language that nobody gave."""
        if self._text("language"):
            return
        text = f"{self._text('title')}\n{self._text('body')}"
        if language := detect.language_in_name(self.raw.stem, self.raw.folders):
            self.values["language"] = language
            self.recognised["language"] = Recognised("file name", Confidence.LIKELY)
        elif language := detect_language(text):
            self.values["language"] = language
            self.recognised["language"] = Recognised("text", Confidence.LIKELY)

    def _take_field(self, name: str, key: str, value: Data) -> None:
        if not value:
            return
        if name in ("subject", "locators", "original"):
            self._take_structure(name, key, value)
            return
        text = _as_text(name, value)
        if text is None:
            self._keep(name, key, value, _("“{key}” is not a text: kept as “{other}”"))
        elif name in _DATES:
            self._take_date(name, key, text)
        elif name in _LANGUAGES:
            self._take_language(name, key, text)
        elif name == "id" or name in DOCUMENT_REFERENCES:
            identifier = text.strip()
            if is_id(identifier):
                self.values[name] = identifier
                if identifier != text:
                    self._note(key, _("“{key}” has spaces at its ends").format(key=key))
            elif identifier:
                message = _("“{key}” has control characters, so it is not an id: kept as “{other}”")
                self._keep(name, key, text, message)
        else:
            plain = plain_title(text) if name == "title" else text
            self.values[name] = decode_references(plain).strip()

    def _take_structure(self, name: str, key: str, value: Data) -> None:
        if name == "subject":
            self._take_subjects(key, [value] if isinstance(value, str) else value)
        elif not isinstance(value, dict):
            self._keep(name, key, value, _("“{key}” is not a mapping: kept as “{other}”"))
        elif name == "locators":
            texts = {field: text for field, text in value.items() if isinstance(text, str)}
            self.values[name] = dict(texts)
            if len(texts) < len(value):
                others: dict[str, Data] = {k: v for k, v in value.items() if k not in texts}
                self._keep(
                    name, key, others, _("values of “{key}” are not texts: kept as “{other}”")
                )
        else:
            self._take_original(key, value)

    def _take_subjects(self, key: str, value: Data) -> None:
        items = value if isinstance(value, list) else [value]
        subjects = [item.strip() for item in items if isinstance(item, str) and is_id(item.strip())]
        others = [
            item
            for item in items
            if item and not (isinstance(item, str) and (is_id(item.strip()) or not item.strip()))
        ]
        if subjects:
            self.values["subject"] = list(subjects)
        if others:
            self._keep(
                "subject", key, others, _("values of “{key}” are not texts: kept as “{other}”")
            )

    def _take_original(self, key: str, value: dict[str, Data]) -> None:
        original: dict[str, Data] = {}
        for name, item in value.items():
            if not item:
                continue
            if name not in _ORIGINAL_TEXTS:
                original[name] = item
            elif not isinstance(item, str):
                original[f"{name}_given"] = item
                self._note(key, _("values of “{key}” are not texts: kept as “{other}”"), name)
            elif name in _ORIGINAL_DATES:
                try:
                    original[name] = read_date(item)
                except DateError as error:
                    original[f"{name}_given"] = item
                    self._note(key, error.message)
            else:
                original[name] = item.strip()
        self.values["original"] = original

    def _take_date(self, name: str, key: str, text: str) -> None:
        try:
            self.values[name] = read_date(decode_references(text))
        except DateError as error:
            other = self._free_key(name)
            self.values[other] = text
            message = _("{problem}: kept as “{other}”")
            self._note(key, message.format(problem=error.message, other=other))

    def _take_language(self, name: str, key: str, text: str) -> None:
        try:
            self.values[name] = detect.language_tag(text)
        except ValueError:
            message = _("“{key}” is not a language tag such as en or fr-CA: kept as “{other}”")
            self._keep(name, key, text, message)

    def _take_date_of(self, names: tuple[str, ...], how: Recognised) -> bool:
        """Takes the date of the first of these keys that has one."""
        by_name = {_KEY_SIGNS.sub("", fold_words(key)): key for key in self.raw.given}
        for name in names:
            key = by_name.get(name)
            value = self.raw.given[key].value if key is not None else ""
            if isinstance(value, dict):
                value = value.get("date", "")
            if key is None or not isinstance(value, str) or not value.strip():
                continue
            try:
                self.values["date"] = read_date(value)
            except DateError as error:
                if not any(note.path == key for note in self.notes):
                    self._note(key, error.message)
                continue
            self.recognised["date"] = how
            return True
        return False

    def _find_date_in_address(self) -> bool:
        """Takes the date of the path that the document is published under."""
        for key in _ADDRESSES:
            given = self.raw.given.get(key)
            if given and isinstance(given.value, str):
                *folders, stem = _path_of_address(given.value)
                if date := date_in_name(stem, folders):
                    self.values["date"] = date
                    self.recognised["date"] = Recognised("key", Confidence.LIKELY)
                    return True
        return False

    def _find_date_in_name(self) -> bool:
        stem, folders = self.raw.stem, self.raw.folders
        if not stem:
            *folders_of_address, stem = _path_of_address(self._text("source"))
            folders = tuple(folders_of_address)
        date = date_in_name(stem, folders)
        if date:
            self.values["date"] = date
            in_name = date_in_name(stem) == date
            origin = Recognised("file name" if in_name else "folder", Confidence.LIKELY)
            self.recognised["date"] = origin
        return bool(date)

    def _find_dateline(self) -> bool:
        body = self._text("body")
        dateline = find_dateline(body)
        span = TextSpan(dateline.start, dateline.end) if dateline else None
        beginning = body[:_BEGINNING]
        if dateline is None and _MARKUP.search(beginning):
            dateline = find_dateline(render_markdown(beginning).text)
        if dateline is None:
            return False
        self.values["date"] = dateline.edtf
        self.recognised["date"] = Recognised("dateline", dateline.confidence, span)
        return True

    def _keep(self, name: str, key: str, value: Data, message: str) -> None:
        """Keeps a value that its field cannot hold under another key, and reports it."""
        other = self._free_key(name)
        self.values[other] = value
        self._note(key, message, other)

    def _free_key(self, name: str) -> str:
        other = f"{name}_given"
        while other in self.values or other in self.raw.given:
            other += "_too"
        return other

    def _note(self, key: str, message: str, other: str = "") -> None:
        given = self.raw.given.get(key)
        position = given.position if given else self.raw.body_position
        text = message.format(key=key, other=other) if other else message
        self.notes.append(Diagnostic(self.raw.file, *position, key, text, "warning"))

    def _text(self, key: str) -> str:
        value = self.values.get(key, "")
        return value if isinstance(value, str) else ""


def _span_of(words: str, body: str) -> TextSpan | None:
    start = body.find(words)
    return TextSpan(start, start + len(words)) if start >= 0 else None


def _keys_of_fields(given: Mapping[str, object]) -> dict[str, str]:
    """Returns the key that gives each field; if two do, the other one is kept as it is."""
    keys: dict[str, str] = {}
    for key in given:
        name = key.casefold()
        name = _ALIASES.get(name, name)
        taken = name not in _FIELDS or (key != name and name in given) or name in keys
        keys[key if taken else name] = key
    return keys


def _as_text(name: str, value: Data) -> str | None:
    """Returns a value as text, where that loses nothing; else None."""
    if isinstance(value, str):
        return value
    if name not in _NAMES and len(value) != 1:
        return None
    items = value if isinstance(value, list) else [value]
    texts = [item.get("name") if isinstance(item, dict) else item for item in items]
    if any(isinstance(item, dict) and set(item) - {"name"} for item in items):
        return None
    found = [text for text in texts if isinstance(text, str)]
    return "; ".join(found) if len(found) == len(texts) else None


def _path_of_address(address: str) -> list[str]:
    """Returns the steps of the path of an address or file; the last one without its ending."""
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:  # a bracket out of place
        return [""]
    steps = [step for step in path.split("/") if step] or [""]
    return [*steps[:-1], PurePosixPath(steps[-1]).stem]


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
