"""Parsing a query takes time in proportion to its length."""

from __future__ import annotations

from time import process_time

import pytest

from milatui.index.query.parser import MAX_LENGTH, parse

REPEATED = [
    *("word ", "a OR ", "-x ", "(", ")", "NOT ", '"a b" ', "a:b ", "/a/ ", "*", "é", "a near/5 "),
    *("date:1 ", "date:May ", "date:May 2021..", "“", "a-b ", "-(", "a b OR (d AND e) ", "1 000 "),
    *('x:"', "-", "+-", "/", "/a", "‘a ", "title:‘a’b", "foo:bar ", "title:'a ", "l'", "a_"),
]


@pytest.mark.parametrize("piece", REPEATED)
def test_long_texts_take_no_longer_than_their_words(piece: str) -> None:
    def cost(text: str) -> float:
        costs = []
        for _round in range(5):
            start = process_time()
            parse(text)
            costs.append(process_time() - start)
        return min(costs)

    words = cost("word " * (MAX_LENGTH // 5))
    assert cost((piece * MAX_LENGTH)[:MAX_LENGTH]) < 6 * words + 0.01
