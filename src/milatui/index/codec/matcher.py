"""Whoosh's matcher over the postings of a term."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from whoosh import formats
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.system import pack_uint
from whoosh.util.numeric import byte_to_length

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whoosh.formats import Format
    from whoosh.scoring import BaseScorer

    from milatui.index.codec.postings import FieldReader

BLOCK_SIZE: Final = 128
"""Postings per block; collectors skip blocks whose best possible score is too low."""


class FlatMatcher(LeafMatcher):
    """Iterates over the postings of a term.

    Attributes:
        field: The field.
        number: The term number.
        doc_ids: All documents of the term, shape (doc_freq,).
    """

    def __init__(
        self,
        field: FieldReader,
        number: int,
        format_: Format,
        term: tuple[str, bytes],
        scorer: BaseScorer | None = None,
    ) -> None:
        self.field = field
        self.number = number
        self.format = format_
        self.scorer = scorer
        self.doc_ids = field.doc_ids(number)
        self._term = term
        self._size = len(self.doc_ids)
        self._i = 0
        self._ids: list[int] = []
        self._weights: list[float] | None = None
        self._blocks: tuple[list[float], list[int], list[int]] | None = None
        self._payload: _Payload | None = None

    def is_active(self) -> bool:
        """Returns whether there is a current posting."""
        return self._i < self._size

    def reset(self) -> None:
        """Goes back to the first posting."""
        self._i = 0

    def copy(self) -> FlatMatcher:
        """Returns a matcher at the same posting."""
        other = FlatMatcher(self.field, self.number, self.format, self._term, self.scorer)
        other._i = self._i
        other._ids, other._weights = self._ids, self._weights
        return other

    def _all_ids(self) -> list[int]:
        if not self._ids:
            self._ids = self.doc_ids.tolist()
        return self._ids

    def id(self) -> int:
        """Returns the document of the current posting, of the last one past the end.

        Some of Whoosh's own matchers ask for it before they ask whether there is one.
        """
        ids = self._ids or self._all_ids()
        return ids[self._i] if self._i < self._size else ids[-1]

    def all_ids(self) -> Iterator[int]:
        """Iterates over the documents from the current posting on."""
        return iter(self._all_ids()[self._i :])

    def all_items(self) -> Iterator[tuple[int, bytes]]:
        """Iterates over documents and encoded values from the current posting on.

        Returns:
            (document number in the segment, value as the field's format encodes it), ascending.
        """
        while self.is_active():
            yield self.id(), self.value()
            self.next()

    def next(self) -> bool:
        """Goes to the next posting; returns whether a new block begins there.

        Raises:
            ReadTooFar: behind the last posting.
        """
        if self._i >= self._size:
            raise ReadTooFar
        self._i += 1
        return not self._i % BLOCK_SIZE or self._i == self._size

    def skip_to(self, id: int) -> None:  # noqa: A002
        """Goes to the first posting whose document number is not less.

        Raises:
            ReadTooFar: behind the last posting.
        """
        if self._i >= self._size:
            raise ReadTooFar
        self._i = bisect_left(self._all_ids(), id, self._i)

    def weight(self) -> float:
        """Returns the weight of the current posting."""
        if self._weights is None:
            self._weights = self.field.weights(self.number).astype(np.float64).tolist()
        return self._weights[self._i]

    def value(self) -> bytes:
        """Returns the encoded value of the current posting, as the field's format encodes it."""
        return self._values().value(self._i)

    def value_as(self, astype: str) -> Any:
        """Returns the value of the current posting, decoded."""
        payload = self._values()
        if astype == "positions" and payload.has_positions:
            return payload.positions(self._i)
        if astype == "characters" and payload.has_chars:
            return payload.chars(self._i)
        return super().value_as(astype)

    def _values(self) -> _Payload:
        if self._payload is None:
            self._payload = _Payload(self.field, self.number, self.format)
        return self._payload

    def _block_stats(self) -> tuple[list[float], list[int], list[int]]:
        """Returns greatest weight, least and greatest length code of each block."""
        if self._blocks is None:
            begins = np.arange(0, self._size, BLOCK_SIZE)
            weights = self.field.weights(self.number)
            greatest = np.maximum.reduceat(weights, begins).astype(np.float64).tolist()
            if self.field.lengths is None:
                none = [0] * len(begins)
                self._blocks = greatest, none, none
            else:
                codes = self.field.lengths.codes[self.doc_ids]
                least = np.minimum.reduceat(codes, begins).tolist()
                self._blocks = greatest, least, np.maximum.reduceat(codes, begins).tolist()
        return self._blocks

    def _block(self) -> int:
        return min(self._i, self._size - 1) // BLOCK_SIZE

    def block_min_id(self) -> int:
        """Returns the first document of the current block."""
        return int(self.doc_ids[self._block() * BLOCK_SIZE])

    def block_max_id(self) -> int:
        """Returns the last document of the current block."""
        return int(self.doc_ids[min((self._block() + 1) * BLOCK_SIZE, self._size) - 1])

    def block_max_weight(self) -> float:
        """Returns the greatest weight of the current block."""
        return self._block_stats()[0][self._block()]

    def block_min_length(self) -> int:
        """Returns the least field length of the current block."""
        return byte_to_length(self._block_stats()[1][self._block()])  # type: ignore[no-any-return]

    def block_max_length(self) -> int:
        """Returns the greatest field length of the current block."""
        return byte_to_length(self._block_stats()[2][self._block()])  # type: ignore[no-any-return]

    def skip_to_quality(self, minquality: float) -> int:
        """Goes to the first block that may score better; returns how many blocks were skipped."""
        skipped = 0
        while self.is_active() and self.block_quality() <= minquality:
            self._i = min((self._i // BLOCK_SIZE + 1) * BLOCK_SIZE, self._size)
            skipped += 1
        return skipped


class _Payload:
    """The values of a term's postings, by index of the posting."""

    def __init__(self, field: FieldReader, number: int, format_: Format) -> None:
        self._format = format_
        self._values = field.values(number) if field.has_values else []
        self._positions: list[int] = []
        self._char_starts: list[int] = []
        self._char_ends: list[int] = []
        self._frequencies: list[int] = []
        self.has_positions = field.has_positions
        self.has_chars = field.has_chars
        if field.has_positions:
            bounds = field.position_bounds(number)
            starts = np.repeat(field.position_starts[field.doc_ids(number)], np.diff(bounds))
            self._positions = (field.positions(number) - starts).tolist()
            self._bounds: list[int] = bounds.tolist()
            if field.has_chars:
                char_starts, char_ends = field.chars(number)
                self._char_starts, self._char_ends = char_starts.tolist(), char_ends.tolist()
        elif isinstance(format_, formats.Frequency):
            self._frequencies = field.frequencies(number).astype(np.int64).tolist()

    def positions(self, index: int) -> list[int]:
        """Returns the positions of a posting."""
        return self._positions[self._bounds[index] : self._bounds[index + 1]]

    def chars(self, index: int) -> list[tuple[int, int, int]]:
        """Returns position, begin and end in the text of each token of a posting."""
        span = slice(self._bounds[index], self._bounds[index + 1])
        starts, ends = self._char_starts[span], self._char_ends[span]
        return list(zip(self._positions[span], starts, ends, strict=True))

    def value(self, index: int) -> bytes:
        """Returns the value of a posting as the field's format encodes it."""
        encoded = b""
        if self._values:
            encoded = self._values[index]
        elif self.has_chars:
            encoded = self._format.encode(self.chars(index))
        elif self.has_positions:
            encoded = self._format.encode(self.positions(index))
        elif self._frequencies:
            encoded = pack_uint(self._frequencies[index])
        return encoded
