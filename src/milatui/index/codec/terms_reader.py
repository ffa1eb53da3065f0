"""Whoosh's view of the terms of a segment: terms reader, field cursor, term statistics."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from whoosh.codec import base
from whoosh.reading import TermInfo, TermNotFound
from whoosh.util.numeric import byte_to_length

from milatui.index.codec.matcher import FlatMatcher

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from whoosh.fields import FieldType
    from whoosh.formats import Format
    from whoosh.scoring import BaseScorer

    from milatui.index.codec.postings import FieldReader

    Term = tuple[str, bytes]


class FlatTermsReader(base.TermsReader):
    """Reads the terms of all fields of a segment.

    Attributes:
        fields: The readers of the fields, by name, in the order of names.
    """

    def __init__(self, fields: Mapping[str, FieldReader]) -> None:
        self.fields = fields

    def _find(self, fieldname: str, text: bytes) -> tuple[FieldReader, int] | None:
        field = self.fields.get(fieldname)
        number = None if field is None else field.term_number(text)
        return None if field is None or number is None else (field, number)

    def _require(self, fieldname: str, text: bytes) -> tuple[FieldReader, int]:
        found = self._find(fieldname, text)
        if found is None:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return found

    def __contains__(self, term: Term) -> bool:
        return self._find(*term) is not None

    def indexed_field_names(self) -> Iterable[str]:
        """Returns the names of the fields that have terms."""
        return self.fields.keys()

    def cursor(self, fieldname: str, fieldobj: FieldType) -> base.FieldCursor:
        """Returns a cursor over the terms of a field."""
        field = self.fields.get(fieldname)
        return base.EmptyCursor() if field is None else FlatCursor(field, fieldobj)

    def terms(self) -> Iterator[Term]:
        """Iterates over all terms, by field, then in the order of their bytes."""
        for name, field in self.fields.items():
            for text in field.terms:
                yield name, text

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        """Iterates over the terms from the first one that is not less than ``prefix``."""
        for field, number in self._numbers_from(fieldname, prefix):
            yield field.name, field.terms[number]

    def _numbers_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[FieldReader, int]]:
        if fieldname not in self.fields:
            return
        for name, field in self.fields.items():
            if name >= fieldname:
                first = field.terms.lower_bound(prefix) if name == fieldname else 0
                for number in range(first, len(field)):
                    yield field, number

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        """Iterates over all terms with their statistics.

        Returns:
            ((field name, term), statistics), by field, then by the bytes of the term.
        """
        for name, field in self.fields.items():
            for number, text in enumerate(field.terms):
                yield (name, text), term_info(field, number)

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        """Iterates over terms as ``terms_from``, with their statistics.

        Returns:
            ((field name, term), statistics), ascending.
        """
        for field, number in self._numbers_from(fieldname, prefix):
            yield (field.name, field.terms[number]), term_info(field, number)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Returns the statistics of a term.

        Raises:
            TermNotFound: if the field does not have it.
        """
        return term_info(*self._require(fieldname, text))

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Returns the sum of a term's weights."""
        found = self._find(fieldname, text)
        return float(found[0].weights(found[1]).sum(dtype=np.float64)) if found else 0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Returns in how many documents a term occurs, deleted ones included."""
        found = self._find(fieldname, text)
        return found[0].doc_freq(found[1]) if found else 0

    def matcher(
        self, fieldname: str, text: bytes, format_: Format, scorer: BaseScorer | None = None
    ) -> FlatMatcher:
        """Returns a matcher over the postings of a term.

        Raises:
            TermNotFound: if the field does not have it.
        """
        field, number = self._require(fieldname, text)
        return FlatMatcher(field, number, format_, (fieldname, text), scorer)


class FlatCursor(base.FieldCursor):
    """Moves through the terms of a field.

    Attributes:
        field: The field.
        number: The number of the current term; the number of terms past the end.
    """

    def __init__(self, field: FieldReader, fieldobj: FieldType) -> None:
        self.field = field
        self.number = 0
        self._fieldobj = fieldobj

    def is_valid(self) -> bool:
        """Returns whether there is a current term."""
        return self.number < len(self.field)

    def first(self) -> str | None:
        """Goes to the first term and returns it."""
        self.number = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        """Goes to the first term that is not less and returns it."""
        encoded: bytes = term if isinstance(term, bytes) else self._fieldobj.to_bytes(term)
        self.number = self.field.terms.lower_bound(encoded)
        return self.text()

    def next(self) -> str | None:
        """Goes to the next term and returns it."""
        self.number = min(self.number + 1, len(self.field))
        return self.text()

    def text(self) -> str | None:
        """Returns the current term, None past the end."""
        if not self.is_valid():
            return None
        text: str = self._fieldobj.from_bytes(self.field.terms[self.number])
        return text

    def term_info(self) -> TermInfo | None:
        """Returns the statistics of the current term, None past the end."""
        return term_info(self.field, self.number) if self.is_valid() else None


def term_info(field: FieldReader, number: int) -> TermInfo:
    """Computes the statistics of a term; Whoosh changes them, so they are never shared."""
    doc_ids, weights = field.postings(number)
    least = most = 0
    if field.lengths is not None:
        codes = field.lengths.codes[doc_ids]
        least, most = int(codes.min()), int(codes.max())
    return TermInfo(
        weight=float(weights.sum(dtype=np.float64)),
        df=len(doc_ids),
        minlength=byte_to_length(least),
        maxlength=byte_to_length(most),
        maxweight=float(weights.max()),
        minid=int(doc_ids[0]),
        maxid=int(doc_ids[-1]),
    )
