"""Names that the builder, the query language and the search must spell alike.

Fields of text of the schema, and the arrays that the builder adds to the postings file of a segment
beside those of the codec.  (Apart from ``schema``, because reading them needs no Whoosh.)
"""

from __future__ import annotations

from typing import Final

TEXT: Final = "text"
"""The field of folded words with positions."""
STEM: Final = "stem"
"""The field of their stems."""
TITLE: Final = "title"
"""The field of the stems of titles; of that name in the query language, too."""
STEM_OFFSETS: Final = "text/stem_offsets"
"""Where the stems of each term of ``text`` begin in ``STEM_NUMBERS``, and the end: uint32."""
STEM_NUMBERS: Final = "text/stem_numbers"
"""Term numbers in ``stem``: uint32."""
TITLE_NUMBERS: Final = "stem/title_numbers"
"""For each term of ``stem`` the number of the same term in ``title``, or ``NO_TITLE``: uint32."""
NO_TITLE: Final = 0xFFFFFFFF
"""Stands in ``TITLE_NUMBERS`` for a stem that no title has: the greatest number of 32 bits."""
