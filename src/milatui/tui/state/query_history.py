"""History of search queries: the search field steps through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.i18n import _

if TYPE_CHECKING:
    from milatui.catalogue.location import Location
    from milatui.catalogue.saved_searches import SearchStore


class QueryHistory:
    """Earlier queries, newest first, and the position in them while they are stepped through.

    Args:
        persistent: Read and write the user's history.  A read-only session does not; it
            remembers only its own queries.
    """

    def __init__(self, persistent: bool) -> None:
        self._persistent = persistent
        self._queries: list[str] | None = None
        self._at = -1
        self._error_shown = False

    @property
    def store(self) -> SearchStore | None:
        """The store of saved searches and history, None in a read-only session."""
        # Imported here: not needed before the first search is run or recalled.
        from milatui.catalogue.saved_searches import SearchStore, data_dir

        return SearchStore(data_dir()) if self._persistent else None

    @property
    def browsing(self) -> bool:
        """Whether an earlier query is shown in the search field."""
        return self._at >= 0

    @property
    def can_go_next(self) -> bool:
        """Whether there is a newer query than the one shown."""
        return self._at > 0

    def reset(self) -> None:
        """Leaves the history: the next ``previous`` returns the newest query."""
        self._at = -1

    def previous(self) -> str | None:
        """Steps to the next older query and returns it, None if the history is empty."""
        queries = self._load()
        self._at = min(self._at + 1, len(queries) - 1)
        return queries[self._at] if queries else None

    def next(self) -> str:
        """Steps to the next newer query and returns it, "" behind the newest."""
        self._at = max(-1, self._at - 1)
        return self._load()[self._at] if self._at >= 0 else ""

    def record(self, search: Location) -> str:
        """Adds a search whose hits were used to the history.

        Returns:
            A message for the user if it cannot be written, the first time; else "".
        """
        query = search.get("q")
        self._queries = [query, *(old for old in self._load() if old != query)]
        self.reset()
        if self._error_shown or not self.store:
            return ""
        try:
            self.store.add_to_history(search)
        except OSError as error:
            # A full or read-only disk is reported once only.
            self._error_shown = True
            reason = error.strerror or str(error)
            return _("Searches cannot be saved: {reason}").format(reason=reason)
        return ""

    def _load(self) -> list[str]:
        if self._queries is None:
            history = self.store.history() if self.store else ()
            self._queries = list(
                dict.fromkeys(q for location in history if (q := location.get("q")))
            )
        return self._queries
