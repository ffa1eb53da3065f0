"""Short forms of parsed queries, to compare them with."""

from __future__ import annotations

from typing import TypeAlias

from whoosh import query as whoosh_query

from milatui.index.query.syntax import (
    BooleanQuery,
    FieldRestriction,
    Near,
    Quoted,
    Required,
    Word,
    WordPattern,
    WordPhrase,
    WordPrefix,
)

Shape: TypeAlias = "str | int | tuple[Shape, ...] | list[Shape]"


def shape(query: whoosh_query.Query) -> Shape:
    """A query without offsets; lists are phrases, tuples that begin with a sign its operands."""
    match query:
        case FieldRestriction():
            return (query.name, query.value)
        case Word():
            return query.text
        case WordPrefix():
            return query.text + "*"
        case WordPhrase():
            return [shape(part) for part in query.parts]
        case Near():
            return ("near", query.distance, shape(query.left), shape(query.right))
        case WordPattern():
            return ("/", query.text)
        case whoosh_query.Not():
            return ("-", shape(query.query))
        case Quoted():
            return ('"', shape(query.child))
        case Required():
            return ("+", shape(query.child))
        case whoosh_query.Or():
            return ("or", *map(shape, query.subqueries))
        case BooleanQuery():
            return tuple(map(shape, query.subqueries))
    raise AssertionError(query)
