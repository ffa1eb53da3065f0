"""The user's own searches: the last ones and the saved ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.catalogue.location import view_location
from milatui.catalogue.saved_searches import MAX_HISTORY, SearchStore
from milatui.catalogue.scope import Scope

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from milatui.catalogue.location import Location


def search(query: str, partner: str = "", since: str = "") -> Location:
    partners = frozenset({partner} if partner else ())
    return view_location("search", Scope(query=query, partners=partners, since=since))


def test_history_is_newest_first_and_each_once(tmp_path: Path) -> None:
    kept = SearchStore(tmp_path / "data")
    for query in ("mila", "samsung été", "mila"):
        kept.add_to_history(search(query))
    assert kept.history() == [search("mila"), search("samsung été")]


def test_history_is_bounded(tmp_path: Path) -> None:
    kept = SearchStore(tmp_path)
    lines = [f'"search?q=a{n}"' for n in range(2 * MAX_HISTORY)]
    (tmp_path / "history.jsonl").write_text("\n".join(lines))
    kept.add_to_history(search("last"))
    assert len(kept.history()) == MAX_HISTORY
    assert kept.history()[0] == search("last")


def test_saved_searches_keep_their_scope(tmp_path: Path) -> None:
    kept = SearchStore(tmp_path)
    kept.save("drugs", search("drug OR médicament", partner="amgen", since="2021"))
    kept.save("labs", search("lab"))
    assert list(kept.saved()) == ["drugs", "labs"]
    assert kept.saved()["drugs"].scope.partners == {"amgen"}
    kept.delete("drugs")
    assert list(SearchStore(tmp_path).saved()) == ["labs"]


def test_what_cannot_be_read_counts_as_nothing(tmp_path: Path) -> None:
    (tmp_path / "history.jsonl").write_bytes(b'\xff\n"search?q=x"\n')
    (tmp_path / "searches.json").write_text('{"a": 3, "b": "partner/x", "c": "search?q=y"}')
    kept = SearchStore(tmp_path)
    assert kept.history() == []
    assert kept.saved() == {"c": search("y")}
    for name in ("history.jsonl", "searches.json"):
        (tmp_path / name).write_text("[" * 100_000)
    assert kept.history() == []
    assert kept.saved() == {}


def test_folder_follows_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from milatui.catalogue.saved_searches import data_dir

    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert data_dir() == tmp_path / "milatui"
