"""Voices at gatherings: counted from tallies, said in plain sentences, and folded where a group is small."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.insights.voices import Voice, percent, rounded, voices, without_small_groups
from reflect.records.community_file import Line
from reflect.records.tally import Count, Tally, read_tally

ROLE = Line("role", ("families", "students", "teachers", "leaders"), in_office=("leaders",))
LANGUAGE = Line("home language", ("English", "Spanish"))
LINES = (ROLE, LANGUAGE)
EXAMPLE = """\
families: invited 12, came 7, spoke 3
students: invited 6, came 4, spoke 1
teachers: invited 10, came 9, spoke 8
leaders: invited 4, came 4, spoke 4
"""


def of(*texts: str):
    return voices([read_tally(text, LINES) for text in texts], LINES)


def voice(group: str, *texts: str) -> Voice:
    return next(each for line in of(*texts).lines for each in line.voices if each.group == group)


def test_the_worked_example():
    families, leaders = voice("families", EXAMPLE), voice("leaders", EXAMPLE)
    assert (percent(families.invited_share), percent(families.voice_share), families.gap) == ("38 %", "19 %", -19)
    assert (families.spoke, families.came) == (3, 7)
    assert (percent(leaders.invited_share), percent(leaders.voice_share), leaders.gap) == ("13 %", "25 %", 13)


@pytest.mark.parametrize(
    ("tallies", "says"),
    [
        ([EXAMPLE], "Families were invited to 1 gathering, came to 1, spoke in 1."),
        ([EXAMPLE, "families: invited 9"], "Families were invited to 2 of 2 gatherings, came to 1, spoke in 1."),
        ([EXAMPLE], "Of every ten who spoke, 3 were leaders; of every ten invited, 1 were."),
        ([EXAMPLE, EXAMPLE], "Families made up 38 % of those invited and 19 % of those who spoke. What made it so?"),
        (
            ["families: came 9, spoke 2"],
            "Many from families came and few spoke (2 of 9). What would have made it easier?",
        ),
        (
            ["families: came 5, spoke 4, shaped 0\nleaders: came 4, spoke 4, shaped 3"],
            "Families spoke, and nothing of it moved on.",
        ),
        (["", EXAMPLE, ""], "Nobody counted voices at 2 gatherings. Who could hold the tally next time?"),
    ],
)
def test_each_sentence_is_said_when_its_numbers_are_there(tallies, says):
    said = of(*tallies).says
    assert says.replace("to 1 gathering", "to 1 of 1 gathering") in said


@pytest.mark.parametrize(
    ("tallies", "starts"),
    [
        ([EXAMPLE], "Families made up"),
        (["families: came 4, spoke 1"], "Many from"),
        (["families: invited 5, came 5, spoke 5"], "Of every ten"),
        (["families: came 6, spoke 4\nleaders: came 4, spoke 4, shaped 3"], "Families spoke"),
        (
            ["families: came 6, spoke 4", "families: came 6, spoke 1, shaped 0\nleaders: came 4, spoke 4, shaped 3"],
            "Families spoke",
        ),
        (["", EXAMPLE], "Nobody counted"),
    ],
)
def test_no_sentence_is_said_on_too_little(tallies, starts):
    assert not [sentence for sentence in of(*tallies).says if sentence.startswith(starts)]


def test_what_was_not_counted_is_not_counted_as_none():
    families = voice("families", "families: invited 3, came 2\nleaders: invited 2, came 2, spoke 2")
    assert families.voice_share is None
    assert percent(families.voice_share) == "not counted"
    nobody = voice("families", "families: invited 3, spoke 0\nleaders: invited 2, spoke 0")
    assert nobody.voice_share is None


def test_lines_of_difference_are_counted_apart():
    found = of("families: came 3, spoke 1\nHome Language / spanish: came 3, spoke 1")
    assert [line.line for line in found.lines] == ["role", "home language"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("families invited 12", "is not counted. Write: families: invited 12, came 7, spoke 3"),
        ("families: invited many", "“invited many” is not counted. It takes a whole number."),
        ("families: invited -3", "It takes a whole number."),
        ("families: laughed 3", "“laughed 3” is not counted. It takes invited, came, spoke, minutes, shaped"),
        ("families: came 2, spoke 3", "3 of families spoke, and 2 came."),
        ("neighbors: came 3", "“neighbors” is no group of role yet: families, students, teachers, leaders."),
        ("shoe size / 42: came 3", "“shoe size” is none of your lines: role, home language."),
        ("families: came 3\n- Families: came 4", "Line 2: Families stands there twice; the first one counts."),
    ],
)
def test_a_mistake_in_a_tally_is_said_with_its_line(written, said):
    assert any(said in problem for problem in read_tally(written, LINES).problems)


def test_words_come_in_any_order_and_groups_that_are_not_said_are_a_group():
    read = read_tally("- not said: spoke 1, came 2\n\n* Families : came: 3", LINES)
    assert read == Tally((Count("role", "not said", None, 2, 1), Count("role", "Families", None, 3)))


def test_a_small_group_is_shared_with_the_next_smallest_and_those_in_office_as_they_are():
    (shared,) = without_small_groups([read_tally(EXAMPLE, LINES)], LINES)
    assert [str(count) for count in shared.counts] == [
        "role / teachers: invited 10, came 9, spoke 8",
        "role / leaders: invited 4, came 4, spoke 4",
        "role / other groups: invited 18, came 11, spoke 4",
    ]


def test_a_line_with_few_rows_left_is_not_shared():
    (shared,) = without_small_groups([read_tally("families: came 7\nstudents: came 2\nteachers: came 9", LINES)], LINES)
    assert shared.counts == ()
    (alone,) = without_small_groups([read_tally("families: came 2\nleaders: came 4\nboard: came 5", LINES)], (
        Line("role", ("families", "leaders", "board"), in_office=("leaders", "board")),
    ))  # fmt: skip
    assert alone.counts == ()


numbers = st.one_of(st.none(), st.integers(0, 12))
tallies = st.lists(
    st.builds(
        Tally,
        st.lists(
            st.builds(Count, st.just("role"), st.sampled_from("abcdef"), numbers, numbers, numbers),
            max_size=6,
            unique_by=lambda count: count.group,
        ).map(tuple),
    ),
    max_size=4,
)


@given(tallies)
def test_nothing_that_is_shared_is_about_a_small_group_and_totals_stay(given_tallies):
    shared = without_small_groups(given_tallies)
    for before, after in zip(given_tallies, shared, strict=True):
        if after.counts and None not in [count.came for count in before.counts]:
            assert sum(count.came or 0 for count in after.counts) == sum(count.came or 0 for count in before.counts)
    named = {count.group for tally in shared for count in tally.counts} - {"other groups"}
    for group in named:
        assert any(count.group == group and (count.came or 0) >= 5 for tally in given_tallies for count in tally.counts)


@given(tallies)
def test_shares_add_up_to_one_or_were_not_counted(given_tallies):
    for line in voices(given_tallies).lines:
        shares = [each.invited_share for each in line.voices]
        assert all(each is None for each in shares) or sum(shares) == 1


def test_halves_are_rounded_away_from_zero():
    assert [rounded(Fraction(each)) for each in ("12.5", "-18.75", "-0.5", "0.49")] == [13, -19, -1, 0]


def test_a_tally_is_written_as_it_is_read():
    read = read_tally(EXAMPLE, LINES)
    assert read_tally("\n".join(map(str, read.counts)), LINES) == read
