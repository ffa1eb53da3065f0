"""Dates as people and programs write them: one reader for headers, names and texts."""

from __future__ import annotations

import pytest

from milatui.archive.edtf import DateError
from milatui.archive.written_dates import AmbiguousDateError, date_in_name, days_in, read_date


@pytest.mark.parametrize(
    "text",
    [
        "2021-3-7",
        "2021-03-07T9:05:00-05:00",
        "2021-03-07 09:05",
        "2021-3-7 9:5:0",
        "2021-03-07T09:05:00.123456Z",
        "2021-03-07 8:00:00 -0500",
        "2021-03-07 09:05:00 UTC",
        "2021-03-07 9:05 AM",
        "2021-03-07 09:05:00 America/Montreal",
        "2021-03-07T09:05:00+00:00[UTC]",
        "2021/03/07",
        "2021.03.07",
        "20210307",
        "20210307T090500Z",
        "Sunday, 7 March 2021",
        "Sun, 07 Mar 2021 09:05:00 GMT",
        "Sun Mar  7 09:05:00 2021",
        "Mar 7th, 2021",
        "March 7, 2021 at 9:05 am",
        "7-Mar-2021",
        "Mar-07-2021",
        "7 mars 2021",
        "dimanche 7 mars 2021 à 9h05",
        "le 7 mars 2021",
        "2021-03-07t08:00:00z",
        "2021-03-07 08:00:00+02",
        "2021-03-07 8:00:00 PM",
        "2021/03/07 08:00",
        "07 Mar 2021 10:00",
        "7th of March 2021",
        "MARCH 7 2021",
        "Dimanche, le 7 mars 2021",
        "7\u00a0mars\u00a02021",
    ],
)
def test_every_way_to_write_a_day_is_read(text: str) -> None:
    assert read_date(text) == "2021-03-07"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1ᵉʳ févr. 2021", "2021-02-01"),
        ("25/12/2021", "2021-12-25"),
        ("12/25/2021", "2021-12-25"),
        ("05/05/2021", "2021-05-05"),
        ("March 2021", "2021-03"),
        ("août de 2021", "2021-08"),
        ("automne 2021", "2021-23"),
        ("5 de\u0301cembre 2023", "2023-12-05"),
        ("5 aout 2024", "2024-08-05"),
        ("Sept. 5, 2024", "2024-09-05"),
        ("Q3 2021", "2021-35"),
        ("2021-03-07/2021-04", "2021-03-07/2021-04"),
        ("2021-03~", "2021-03~"),
    ],
)
def test_dates_are_read_as_precisely_as_they_are_written(text: str, date: str) -> None:
    assert read_date(text) == date


def test_a_date_with_two_readings_is_none() -> None:
    with pytest.raises(AmbiguousDateError) as caught:
        read_date("05/06/2024")
    assert caught.value.readings == ("2024-06-05", "2024-05-06")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "March 5",
        "5. März 2024",
        "2024年3月5日",
        "٥ مارس ٢٠٢٤",
        "March 32, 2024",
        "1615107900",
        "2021-02-30",
        "31 April 2021",
        "99999999",
        "13/13/2021",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        read_date(text)


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("20210307-a", "2021-03-07"),
        ("20210307_a", "2021-03-07"),
        ("2021_3_7 a", "2021-03-07"),
        ("a-2021-03-07", "2021-03-07"),
        ("IMG_20210307_103000", "2021-03-07"),
        ("2021.03.07-a", "2021-03-07"),
        ("2021-2022-plan", ""),
        ("isbn-9782010101011", ""),
        ("20210230-a", ""),
        ("20210307T103000-a", "2021-03-07"),
        ("202103071030-a", "2021-03-07"),
        ("20210307103000", "2021-03-07"),
        ("20210307990000", ""),
        ("5-mars-2021-annonce", "2021-03-05"),
        ("25-12-2021-x", "2021-12-25"),
        ("2021/03/07/a", "2021-03-07"),
        ("2021/03-07-a", "2021-03-07"),
        ("2021-03-07/a", "2021-03-07"),
        ("2021/03/a", "2021-03"),
        ("2021-03-a", "2021-03"),
        ("05-06-2021-x", ""),
        ("20211307-a", ""),
        ("order-20210307001", ""),
        ("from-2021-03-07-to-2021-03-09", ""),
        ("v2.2021.3", ""),
        ("2021/a", ""),
    ],
)
def test_names_of_files_and_folders_are_dates(path: str, date: str) -> None:
    *folders, stem = path.split("/")
    assert date_in_name(stem, folders) == date


def test_days_of_a_text_are_found_where_they_stand() -> None:
    text = "Le 1ᵉʳ août 2021 – et BOSTON--(WIRE)--Mar. 5, 2024--A lab, v1.2021-01-01, 31 June 2020"
    found = [(day.edtf, text[day.start : day.end]) for day in days_in(text)]
    assert found == [("2021-08-01", "1ᵉʳ août 2021"), ("2024-03-05", "Mar. 5, 2024")]
