"""Two people change one record: both changes are kept, and a clash is said."""

from hypothesis import given
from hypothesis import strategies as st

from reflect.records.merge import merge_record

BASE = """---
id: 01JDA6C4T3W5E9K2M8Q7RZXYVB
title: Texts
valence: mixed
---

Before.

## What we saw

Twelve.

## What we do not know

Much.
"""


def test_changes_of_different_places_are_both_kept():
    mine = BASE.replace("Twelve.", "Thirteen.").replace("title: Texts", "title: Texts at home")
    theirs = BASE.replace("Much.", "Less.").replace("valence: mixed", "valence: positive")
    merged = merge_record(BASE, mine, theirs)
    assert merged.is_clean
    expected = mine.replace("Much.", "Less.").replace("valence: mixed", "valence: positive")
    assert merged.text == expected


def test_a_section_that_only_one_added_is_kept_in_its_place():
    mine = BASE.replace("## What we do not know", "## For whom\n\nAll.\n\n## What we do not know")
    theirs = BASE.replace("Twelve.", "Thirteen.")
    merged = merge_record(BASE, mine, theirs)
    assert merged.is_clean
    assert merged.text == mine.replace("Twelve.", "Thirteen.")


def test_a_section_that_one_removed_and_nobody_changed_stays_removed():
    mine = BASE.replace("## What we do not know\n\nMuch.\n", "")
    theirs = BASE.replace("Twelve.", "Thirteen.")
    merged = merge_record(BASE, mine, theirs)
    assert merged.is_clean
    assert "Much." not in merged.text


def test_where_both_changed_the_same_place_theirs_stands_and_the_clash_is_said():
    merged = merge_record(BASE, BASE.replace("Twelve.", "Mine."), BASE.replace("Twelve.", "Theirs."))
    assert not merged.is_clean
    assert merged.text == BASE.replace("Twelve.", "Theirs.")


def test_a_text_that_cannot_be_parsed_is_never_merged_by_guess():
    merged = merge_record(BASE, "---\nbroken", BASE.replace("Twelve.", "Theirs."))
    assert not merged.is_clean


words = st.sampled_from(["one", "two", "three"])


@given(words, words, words, words)
def test_a_merge_with_no_change_on_one_side_is_the_other_side(title, saw, unknown, valence):
    changed = BASE.replace("Texts", title).replace("Twelve", saw).replace("Much", unknown).replace("mixed", valence)
    assert merge_record(BASE, changed, BASE).text == changed
    assert merge_record(BASE, BASE, changed).text == changed
    assert merge_record(BASE, changed, changed).text == changed
