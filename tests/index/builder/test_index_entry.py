"""What the index keeps of a record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from hypothesis import example, given
from hypothesis import strategies as st

from milatui.archive.records import Document
from milatui.archive.serialize import record_to_dict, without_rendering
from milatui.index.builder.index_entry import make_entry
from milatui.index.codec.stored import decode_stored, encode_stored

if TYPE_CHECKING:
    from milatui.archive.kinds import Data

TEXTS = st.text(st.sampled_from('aé\n"\\\t\x00\x1f\x7f\u2028🙂\ud800$'))


VALUES: st.SearchStrategy[Data] = TEXTS | st.lists(TEXTS)


@given(TEXTS, TEXTS, st.dictionaries(TEXTS, VALUES, max_size=2))
@example("$5", '"$5"', {"$date": "2024-01-01"})
def test_stored_fields_are_the_record(title: str, body: str, extra: dict[str, Data]) -> None:
    document = Document(id="d", title=title, body=body, extra=extra)
    stored = make_entry("document", document).fields.stored
    data = cast("dict[str, Data]", decode_stored(stored)["record"])
    assert without_rendering(data) == record_to_dict(document)
    assert stored == encode_stored({"record": data})
    json.loads(stored.decode("utf-8", "surrogatepass"))
