"""The example in docs/search.md runs as it stands there, on an index of ours."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

DOCUMENT = Path(__file__).parents[3] / "docs/search.md"


def test_any_whoosh_program_opens_the_index(index_dir: Path) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    assert len(example.splitlines()) <= 11
    names: dict[str, Any] = {"index_dir": index_dir}
    exec(example, names)  # noqa: S102 - the project's own text
    assert set(names["stock"]) >= {"amgen-lab", "amgen-lab-opens"}
    assert names["ranked"][0] in {"amgen-lab", "amgen-lab-opens"}
    assert names["index"].doc_count() == len(list(names["index"].reader().all_doc_ids()))
