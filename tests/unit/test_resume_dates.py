"""Dates and periods as resumes write them."""

import pytest
from coordinator.candidates.words.dates import is_mostly_dates, periods, points


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019.03 ~ 2021.02", "2019-03", "2021-02"),
        ("2019. 3. ~ 2023. 2.", "2019-03", "2023-02"),
        ("2019-03-01 - 2020-12-31", "2019-03", "2020-12"),
        ("Mar 2019 – Present", "2019-03", "present"),
        ("15 March 2019 - 3 April 2020", "2019-03", "2020-04"),
        ("Sept. 2014 to Jan 2016", "2014-09", "2016-01"),
        ("03/2019 - 02/2021", "2019-03", "2021-02"),
        ("01.03.2019 – 31.12.2020", "2019-03", "2020-12"),
        ("2019-2021", "2019", "2021"),
        ("2018년 3월 – 현재", "2018-03", "present"),
        ("2020년부터 2026년까지", "2020", "2026"),
        ("2013.03 - 재직중", "2013-03", "present"),
        ("'19.03 ~ 21.02", "2019-03", "2021-02"),
        ("’21.9 – ’24.3", "2021-09", "2024-03"),
        ("'18.4 ~ 현재", "2018-04", "present"),
        ("2015–19", "2015", "2019"),
        ("2012-15", "2012", "2015"),
        ("Jan ’19 – Feb ’21", "2019-01", "2021-02"),
        ("Jan ‘19 → Feb ‘21", "2019-01", "2021-02"),
        ("'13. 7. 15. ~ '19. 3. 31.", "2013-07", "2019-03"),
        ("13.07.15. - 19.03.31.", "2013-07", "2019-03"),
        ("13.07.15 ~ 19.03.31", "2013-07", "2019-03"),
        ("06.10.2013 - 08.11.2015", "2013-10", "2015-11"),
        ("from 2012 to 2015", "2012", "2015"),
        ("since March 2019", "2019-03", "present"),
        ("Member since March 2019", "2019-03", None),
        ("2019.03 ~", "2019-03", "present"),
        ("2019-03/present", "2019-03", "present"),
        ("2014-06/2019-02", "2014-06", "2019-02"),
        ("2014-06-01/2019-02-28", "2014-06", "2019-02"),
        ("Jun – Aug 2019", "2019-06", "2019-08"),
        ("June to September 2019", "2019-06", "2019-09"),
        ("2019.06 ~ 08", "2019-06", "2019-08"),
        ("2019년 6월 ~ 8월", "2019-06", "2019-08"),
        ("2019.03 ~ 21.02", "2019-03", "2021-02"),
        ("03/19 – 11/21", "2019-03", "2021-11"),
        ("Mar 19 – Nov 21", "2019-03", "2021-11"),
        ("March 15, 2019 – June 3, 2020", "2019-03", "2020-06"),
        ("03/15/2019 - 11/22/2021", "2019-03", "2021-11"),
        ("2019. 3. ~ 현재까지", "2019-03", "present"),
        ("2019 ‒ 2021", "2019", "2021"),
        ("Mar 2019 … Feb 2021", "2019-03", "2021-02"),
        ("2019.03 ⇒ 현재", "2019-03", "present"),
        ("March 2019 thru June 2020", "2019-03", "2020-06"),
    ],
)
def test_a_period_is_read_where_it_stands(text: str, first: str, last: str | None) -> None:
    (period,) = periods(text)
    assert period.first.value == first
    assert (period.last.value if period.last else None) == last
    assert text[period.first.start : period.first.end].strip() == text[period.first.start : period.first.end]
    assert text[period.first.start : period.first.end] in text


@pytest.mark.parametrize(
    "text",
    [
        "010-1234-5678",
        "+46 70 123 45 67",
        "01/02",
        "May 12 – June 3",
        "cut 2.1% to 0.4%",
        "3.9 / 4.5",
        "version 10.12",
    ],
)
def test_numbers_that_are_no_dates_are_none(text: str) -> None:
    assert periods(text) == []
    assert points(text) == []


@pytest.mark.parametrize("text", ["2012-11", "1998–03", "2019-03", "2019-06 - 08"])
def test_a_month_is_not_the_end_of_a_span_of_years(text: str) -> None:
    assert periods(text) == []


def test_a_date_column_is_told_from_words() -> None:
    assert is_mostly_dates("2019.08 ~ 2024.12 (5년 5개월)")
    assert is_mostly_dates("Mar 2019 – Present")
    assert not is_mostly_dates("엑셀")
    assert not is_mostly_dates("Go")
    assert not is_mostly_dates("Engineer, Kust Parcel, 2016 to 2019")
