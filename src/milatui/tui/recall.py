"""The searches of the past in the search field, and those that are kept under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.i18n import _

if TYPE_CHECKING:
    from milatui.catalogue.location import Location
    from milatui.catalogue.saved_searches import SearchStore


class Recall:
    """Walks through the queries of the past, newest first.

    In a session for others nothing is read or written (``keeps`` is false), and only this
    session is remembered.
    """

    def __init__(self, keeps: bool) -> None:
        self._keeps = keeps
        self._queries: list[str] | None = None
        self._at = -1
        self._told = False

    @property
    def store(self) -> SearchStore | None:
        """Where searches are kept, None if they are not."""
        # Deferred: nothing of it is needed before the first search is recalled or done.
        from milatui.catalogue.saved_searches import SearchStore, data_dir

        return SearchStore(data_dir()) if self._keeps else None

    @property
    def walking(self) -> bool:
        """Whether a query of the past stands in the field."""
        return self._at >= 0

    @property
    def can_go_newer(self) -> bool:
        """Whether there is a newer query than the one shown."""
        return self._at > 0

    def stop(self) -> None:
        """The field is the user's own again."""
        self._at = -1

    def older(self) -> str | None:
        """The query before the one shown, None if there is none at all."""
        queries = self._known()
        self._at = min(self._at + 1, len(queries) - 1)
        return queries[self._at] if queries else None

    def newer(self) -> str:
        """The query after the one shown, "" behind the newest."""
        self._at = max(-1, self._at - 1)
        return self._known()[self._at] if self._at >= 0 else ""

    def note(self, search: Location) -> str:
        """A search has been of use: remember it; what to say if that fails for the first time."""
        query = search.get("q")
        self._queries = [query, *(old for old in self._known() if old != query)]
        self.stop()
        if self._told or not self.store:
            return ""
        try:
            self.store.note(search)
        except OSError as error:
            # A disk that is full or read-only is no reason to trouble who is searching twice.
            self._told = True
            reason = error.strerror or str(error)
            return _("Searches cannot be remembered: {reason}").format(reason=reason)
        return ""

    def _known(self) -> list[str]:
        if self._queries is None:
            history = self.store.history() if self.store else ()
            self._queries = list(dict.fromkeys(q for place in history if (q := place.get("q"))))
        return self._queries
