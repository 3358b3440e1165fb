"""The word diff: what went and what came, readable, and never another text than the two."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.records.comparing import FieldChange, compared
from reflect.records.word_diff import ADDED, REMOVED, SAME, paragraphs, word_counts, word_diff

SIGNS = {SAME: "{}", REMOVED: "[-{}-]", ADDED: "{{+{}+}}"}
WORDS = st.lists(st.sampled_from(["one", "two", "three", ".", " ", "\n", "\n\n", "’s", "\r\n", "\u2028"])).map("".join)


def marked(before, after):
    return "".join(SIGNS[piece.sign].format(piece.text) for piece in word_diff(before, after))


@given(before=st.one_of(WORDS, st.text()), after=st.one_of(WORDS, st.text()))
def test_the_two_sides_are_the_two_texts(before, after):
    pieces = word_diff(before, after)
    assert "".join(piece.text for piece in pieces if piece.sign != ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.sign != REMOVED) == after
    assert (before == after) == all(piece.sign == SAME for piece in pieces)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("It took eleven minutes.", "It took twelve minutes.", "It took [-eleven-]{+twelve+} minutes."),
        ("One.\n\nTwo.\n", "One.\n\nTwo.\n\nThree.\n", "One.\n\nTwo.\n{+\nThree.\n+}"),
        ("One.\n\nTwo.\n\nThree.\n", "One.\n\nThree.\n", "One.\n\n[-Two.\n\n-]Three.\n"),
        ("We met early today.", "Nobody came, not one.", "[-We met early today.-]{+Nobody came, not one.+}"),
        ("the old long words stay", "the new short words stay", "the [-old long-]{+new short+} words stay"),
    ],
)
def test_a_change_reads_as_a_person_would_mark_it(before, after, expected):
    assert marked(before, after) == expected


def test_words_are_counted_and_lines_kept_apart():
    pieces = word_diff("One two.\n\nThree.\n", "One.\n\nThree.\n\nFour five.\n")
    assert word_counts(pieces) == (2, 1)
    lines = ["".join(piece.text for piece in line) for line in paragraphs(pieces)]
    assert [line for line in lines if line] == ["One two.", "Three.", "Four five."]


def test_a_line_end_that_went_is_seen():
    [first, *_] = paragraphs(word_diff("One two\n\nThree four\n", "One two\nThree four\n"))
    assert first[0].text == "One two"
    assert any(piece.text == "¶" for line in paragraphs(word_diff("a b\n\nc", "a b\nc")) for piece in line)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("many words in one paragraph " * 7_500, "words many in one paragraph " * 7_500),
        ("same\n\n" * 35_000, "same\n\n" * 17_000 + "other\n\n" + "same\n\n" * 17_000),
        (
            "".join(f"w{number * 7919 % 3000} " for number in range(40_000)),
            "".join(f"w{n * 31 % 3000} " for n in range(40_000)),
        ),
    ],
)
def test_two_hundred_kilobytes_are_compared_in_no_time_to_speak_of(before, after):
    begun = time.process_time()
    pieces = word_diff(before, after)
    # Quadratic work would take minutes.
    assert time.process_time() - begun < 15
    assert "".join(piece.text for piece in pieces if piece.sign != ADDED) == before


def test_fields_are_told_by_name_and_the_text_by_words():
    before = "---\nid: X\nvalence: positive\ntags: [a]\n---\n\nIt helped.\n"
    after = "---\nid: X\nvalence: mixed\nheard: [families]\ntags: [a]\n---\n\nIt helped some.\n"
    found = compared(before, after)
    assert found.fields == [FieldChange("valence", "positive", "mixed"), FieldChange("heard", None, ["families"])]
    assert found.words == (1, 0)
    assert not found.is_empty
    assert compared(before, before).is_empty


def test_what_cannot_be_parsed_is_compared_as_it_stands():
    found = compared("---\nid: [never\n", "---\nid: [never\nended\n")
    assert not found.fields
    assert found.words == (1, 0)
    assert not compared("---\nid: X\n---\n", "---\nid:  'X'\n---\n").is_empty
