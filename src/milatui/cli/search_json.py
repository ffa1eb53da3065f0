"""Search results as JSON data for ``search --json`` and ``--stdin`` (see docs/json.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.catalogue.location import Location

if TYPE_CHECKING:
    from milatui.catalogue.search.hits import Hit
    from milatui.catalogue.search.results import SearchResult
    from milatui.cli.output import Json

SCHEMA = "milatui.search/1"


def result_json(answer: SearchResult) -> dict[str, Json]:
    """Returns a search result with all of its hits."""
    return {
        "schema": SCHEMA,
        "query": answer.query,
        "total": answer.total,
        "took_ms": round(answer.took_ms, 2),
        "suggestion": answer.corrected_query,
        "facets": {name: dict(counts) for name, counts in answer.facets.items()},
        "hits": [hit_json(hit) for hit in answer.hits],
        "notes": list(answer.notes),
        "misread": [[m.start, m.end, m.message] for m in answer.warnings],
        "related": answer.related,
        "partial": answer.partial,
    }


def hit_json(hit: Hit) -> dict[str, Json]:
    """Returns one hit; highlights are [start, end] offsets into the snippet's text.

    ``same`` are the locations of other editions of the text that match.
    """
    row = hit.row
    return {
        "id": row.id,
        "kind": row.kind,
        "title": row.title,
        "date": row.date,
        "partners": list(row.partners),
        "language": row.language,
        "score": round(hit.score, 4),
        "snippet": {
            "text": hit.snippet.text,
            "highlights": [list(span) for span in hit.snippet.highlights],
        },
        "location": str(Location(row.kind, row.id)),
        "same": [str(Location(row.kind, other)) for other in hit.same_ids],
    }
