"""What a terminal may send: bytes to text, pastes cut and cleaned, floods dropped."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given

from milatui.tui.terminal.driver import HardenedParser
from milatui.tui.terminal.input_filter import PASTE_LIMIT, PASTE_TIMEOUT, InputFilter
from tests.clock import ManualClock

START, END = "\x1b[200~", "\x1b[201~"


def make() -> tuple[InputFilter, ManualClock]:
    clock = ManualClock()
    return InputFilter(clock), clock


def test_bytes_that_are_no_text_are_replaced() -> None:
    input_filter, _clock = make()
    assert input_filter.feed(b"a\xff\xfeb") == "a\ufffd\ufffdb"


def test_a_letter_may_come_in_two_reads() -> None:
    input_filter, _clock = make()
    assert input_filter.feed("é".encode()[:1]) == ""
    assert input_filter.feed("é".encode()[1:]) == "é"


@given(st.binary(max_size=400), st.lists(st.integers(1, 40), max_size=20))
def test_nothing_breaks_the_reading_however_it_is_cut(data: bytes, cuts: list[int]) -> None:
    input_filter, _clock = make()
    parser = HardenedParser()
    for size in [*cuts, 400]:
        part, data = data[:size], data[size:]
        text = input_filter.feed(part)
        text.encode("utf-8")
        if text:
            list(parser.feed(text))
    input_filter.on_pause()


@given(st.integers(0, 40), st.integers(0, 40))
def test_the_marks_of_a_paste_may_be_cut_anywhere(first: int, second: int) -> None:
    input_filter, _clock = make()
    whole = (START + "one\x1b[2Jtwo" + END + "x").encode()
    cuts = sorted((first, second))
    parts = (whole[: cuts[0]], whole[cuts[0] : cuts[1]], whole[cuts[1] :])
    assert "".join(map(input_filter.feed, parts)) == START + "one␛[2Jtwo" + END + "x"


def test_a_paste_is_cut_at_its_limit() -> None:
    input_filter, _clock = make()
    out = input_filter.feed(START.encode())
    for _ in range(400):
        out += input_filter.feed(b"A" * 1000)
    out += input_filter.feed(END.encode())
    assert out == START + "A" * PASTE_LIMIT + END


def test_a_paste_nobody_closes_is_closed_by_silence() -> None:
    input_filter, clock = make()
    assert input_filter.feed((START + "abc").encode()) == START
    assert input_filter.on_pause() == ""
    clock.now += PASTE_TIMEOUT
    assert input_filter.on_pause().endswith(END)
    assert input_filter.feed(b"q") == "q"


def test_a_full_paste_is_closed_by_the_first_pause() -> None:
    input_filter, _clock = make()
    input_filter.feed((START + "A" * (2 * PASTE_LIMIT)).encode())
    assert input_filter.on_pause().endswith(END)


def test_a_flood_of_keys_is_dropped_until_a_pause() -> None:
    input_filter, clock = make()
    passed = 0
    for _ in range(1000):
        clock.now += 0.001
        passed += len(input_filter.feed(b"\x1b[B" * 100))
    assert passed <= 30_000
    assert input_filter.feed(b"q") == ""
    clock.now += 1
    input_filter.on_pause()
    assert input_filter.feed(b"q") == "q"


def test_hands_are_never_too_fast() -> None:
    input_filter, clock = make()
    for _ in range(2000):
        clock.now += 0.01
        assert input_filter.feed(b"\x1b[B") == "\x1b[B"


def test_pastes_one_after_the_other_are_bounded_too() -> None:
    input_filter, _clock = make()
    paste = (START + "A" * 60_000 + END).encode()
    passed = sum(len(input_filter.feed(paste)) for _ in range(50))
    assert passed <= 3 * PASTE_LIMIT


def test_numbers_that_make_the_key_parser_raise_do_not() -> None:
    parser = HardenedParser()
    for text in ("\x1b[99999999999u", "\x1b[1114112;1;1114112u", "\x1b[48;24;80;0;0t\x1b[<35;5;5M"):
        list(parser.feed(text))
    assert [event for event in parser.feed("x") if getattr(event, "key", "") == "x"]
