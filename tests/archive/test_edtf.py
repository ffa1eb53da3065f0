"""Dates: every EDTF text denotes the right days, or says where it goes wrong."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.archive.edtf import DateError, EdtfDate, is_edtf, parse_edtf

DAYS = st.dates(min_value=date(1, 1, 1))
YEARS = st.integers(1, 9999)
MARKS = st.sampled_from(["", "?", "~", "%"])


def days(edtf: EdtfDate) -> tuple[date | None, date | None]:
    first = None if edtf.first is None else date.fromordinal(edtf.first)
    last = None if edtf.last is None else date.fromordinal(edtf.last)
    return first, last


@given(DAYS, MARKS)
def test_a_day_denotes_itself_whatever_its_mark(day: date, mark: str) -> None:
    edtf = parse_edtf(day.isoformat() + mark)
    assert days(edtf) == (day, day)
    assert edtf.precision == "day"
    assert edtf.uncertain == (mark in ("?", "%"))
    assert edtf.approximate == (mark in ("~", "%"))
    assert edtf.text == day.isoformat() + mark


@given(DAYS)
def test_a_month_denotes_all_its_days(day: date) -> None:
    for text in (f"{day:%Y}-{day:%m}".zfill(7), f"{day:%Y}-{day:%m}".zfill(7) + "-XX"):
        edtf = parse_edtf(text)
        assert edtf.precision == "month"
        first, last = days(edtf)
        assert first == day.replace(day=1)
        assert last is not None
        assert (last.year, last.month) == (day.year, day.month)
        assert last == date.max or (last + timedelta(days=1)).day == 1


@given(YEARS)
def test_a_year_denotes_all_its_days(year: int) -> None:
    for text in (f"{year:04}", f"{year:04}-XX", f"{year:04}-XX-XX"):
        edtf = parse_edtf(text)
        assert edtf.precision == "year"
        assert days(edtf) == (date(year, 1, 1), date(year, 12, 31))


@given(st.integers(1, 999))
def test_a_decade_and_a_century_denote_all_their_years(number: int) -> None:
    decade = parse_edtf(f"{number:03}X")
    assert decade.precision == "decade"
    assert days(decade) == (date(number * 10, 1, 1), date(number * 10 + 9, 12, 31))
    if number <= 99:
        century = parse_edtf(f"{number:02}XX")
        assert century.precision == "century"
        assert days(century) == (date(number * 100, 1, 1), date(number * 100 + 99, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2021-21", date(2021, 3, 1), date(2021, 5, 31), "season"),
        ("2021-22", date(2021, 6, 1), date(2021, 8, 31), "season"),
        ("2021-23", date(2021, 9, 1), date(2021, 11, 30), "season"),
        ("2021-24", date(2021, 12, 1), date(2022, 2, 28), "season"),
        ("2023-24", date(2023, 12, 1), date(2024, 2, 29), "season"),
        ("9999-24", date(9999, 12, 1), date(9999, 12, 31), "season"),
        ("2021-33", date(2021, 1, 1), date(2021, 3, 31), "quarter"),
        ("2021-34", date(2021, 4, 1), date(2021, 6, 30), "quarter"),
        ("2021-35", date(2021, 7, 1), date(2021, 9, 30), "quarter"),
        ("2021-36", date(2021, 10, 1), date(2021, 12, 31), "quarter"),
        ("2018/2020-06", date(2018, 1, 1), date(2020, 6, 30), "interval"),
        ("2018/..", date(2018, 1, 1), None, "interval"),
        ("2018/", date(2018, 1, 1), None, "interval"),
        ("../2018-05", None, date(2018, 5, 31), "interval"),
        ("/2018-05-03", None, date(2018, 5, 3), "interval"),
        ("2018-24/2019", date(2018, 12, 1), date(2019, 12, 31), "interval"),
        ("2021-05-03T10:30:00Z", date(2021, 5, 3), date(2021, 5, 3), "day"),
        ("2021-05-03T10:30-04:00", date(2021, 5, 3), date(2021, 5, 3), "day"),
    ],
)
def test_a_date_has_the_days_it_may_mean_and_a_precision(
    text: str, first: date | None, last: date | None, precision: str
) -> None:
    edtf = parse_edtf(text)
    assert days(edtf) == (first, last)
    assert edtf.precision == precision


def test_the_year_zero_is_a_leap_year_before_the_first_day_date_knows() -> None:
    assert (parse_edtf("0000").first, parse_edtf("0000").last) == (-365, 0)
    assert parse_edtf("0000-02-29").first == parse_edtf("0000-03-01").first - 1  # type: ignore[operator]
    assert parse_edtf("0000-12-31").last == date(1, 1, 1).toordinal() - 1


def test_the_marks_of_either_end_mark_the_interval() -> None:
    assert parse_edtf("2018?/2020~").uncertain
    assert parse_edtf("2018?/2020~").approximate
    assert not parse_edtf("2018?/2020").approximate


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("", 1, "a date is missing"),
        ("2021-02-30", 9, "there is no day 30 in 2021-02"),
        ("2021-02-29", 9, "there is no day 29 in 2021-02"),
        ("2021-00-01", 6, "there is no month 00"),
        ("2021-13", 6, "there is no month 13"),
        ("2021-25", 6, "there is no month 25"),
        ("2021-24-01", 6, "there is no month 24"),
        ("2021-13-XX", 6, "there is no month 13"),
        ("-0044", 1, "only the years 0000 to 9999 can be given"),
        ("Y17000", 1, "only the years 0000 to 9999 can be given"),
        ("yesterday", 1, "“yesterday” is not an EDTF date"),
        ("12021", 5, "“12021” is not an EDTF date"),
        ("2021-5", 7, "“2021-5” is not an EDTF date"),
        ("2021 ", 5, "“2021 ” is not an EDTF date"),
        ("May 2021", 1, "“May 2021” is not an EDTF date"),
        ("2021-05-03?~", 11, "“2021-05-03?~” is not an EDTF date"),
        ("2021-XX-05", 11, "“2021-XX-05” is not an EDTF date"),
        ("٢٠٢١", 1, "“٢٠٢١” is not an EDTF date"),
        ("2021-05-03T25:00", 11, "“2021-05-03T25:00” is not an EDTF date"),
        ("2021/2022-13", 11, "there is no month 13"),
        ("2021/2019", 6, "the interval ends before it starts"),
        ("2021/2022/2023", 10, "an interval has two ends"),
        ("/", 1, "an interval needs a date at one end at least"),
        ("../..", 1, "an interval needs a date at one end at least"),
    ],
)
def test_what_is_no_date_says_where_and_why(text: str, column: int, message: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_edtf(text)
    assert (caught.value.column, caught.value.message) == (column, message)
    assert not is_edtf(text)


PARTS = st.one_of(
    DAYS.map(date.isoformat),
    YEARS.map("{:04}".format),
    st.builds("{:04}-{:02}".format, YEARS, st.sampled_from([1, 2, 12, 21, 24, 33, 36])),
    st.sampled_from(["202X", "20XX", "2021-XX", "2021-05-XX", "", ".."]),
)


@given(PARTS, PARTS, MARKS)
def test_an_interval_spans_from_the_first_of_its_start_to_the_last_of_its_end(
    left: str, right: str, mark: str
) -> None:
    is_open = left in ("", ".."), right in ("", "..")
    text = f"{left}/{right}{'' if is_open[1] else mark}"
    start = None if is_open[0] else parse_edtf(left).first
    end = None if is_open[1] else parse_edtf(right).last
    if all(is_open) or (start is not None and end is not None and end < start):
        assert not is_edtf(text)
    else:
        assert (parse_edtf(text).first, parse_edtf(text).last) == (start, end)


@given(st.text(alphabet="0123456789X-/.?~%T: Y", max_size=12) | st.text(max_size=12))
def test_any_text_is_a_date_with_its_days_in_order_or_a_fault_within_it(text: str) -> None:
    if is_edtf(text):
        date = parse_edtf(text)
        assert date.first is None or date.last is None or date.first <= date.last
        assert date.text == text
    else:
        with pytest.raises(DateError) as caught:
            parse_edtf(text)
        assert 1 <= caught.value.column <= len(text) + 1
        assert caught.value.message
