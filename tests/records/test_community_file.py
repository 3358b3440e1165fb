"""What a community says of itself: read with care, because anyone may have written it."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.records.community_file import (
    About,
    Line,
    ListedKey,
    Span,
    Steward,
    new_text,
    parse_about,
    with_key,
)

WHOLE = """
format = 1
id = "01JDA6C4T3W5E9K2M8Q7RZXYVB"
name = "Rivertown"
purpose = "What makes families answer?"
languages = ["en", "es"]
frameworks = ["practice-areas"]
color = "an unknown key"
[privacy]
group = 6
measure = 12
[school]
week_starts = "Sunday"
[[stewards]]
role = "coordinator"
reach = "coordinator@example.org"
[[line]]
name = "role"
groups = ["families", "students", "board"]
in_office = ["board"]
[[term]]
name = "fall"
start = 2026-08-31
end = "2026-12-18"
[[break]]
name = "harvest"
start = 2026-10-12
end = 2026-10-16
[[key]]
author = "Ben"
ssh = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 ben@desk"
"""


def test_all_that_a_community_says_of_itself_is_read():
    about = parse_about(WHOLE.encode())
    assert about.problems == ()
    assert about == About(
        id="01JDA6C4T3W5E9K2M8Q7RZXYVB",
        name="Rivertown",
        purpose="What makes families answer?",
        languages=("en", "es"),
        frameworks=("practice-areas",),
        stewards=(Steward("coordinator", "coordinator@example.org"),),
        group=6,
        measure=12,
        lines=(Line("role", ("families", "students", "board"), ("board",)),),
        week_starts="sunday",
        terms=(Span("fall", dt.date(2026, 8, 31), dt.date(2026, 12, 18)),),
        breaks=(Span("harvest", dt.date(2026, 10, 12), dt.date(2026, 10, 16)),),
        keys=(ListedKey("Ben", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5"),),
    )
    assert about.names == ("Rivertown", "role", "families", "students", "board")


def test_without_a_file_the_defaults_hold():
    assert parse_about(None) == About()
    assert parse_about(None).problems == ()


def test_a_new_file_reads_back_as_it_was_meant_and_takes_a_key_at_its_end():
    text = new_text("01JDA6C4T3W5E9K2M8Q7RZXYVB", 'River "town" \\ Ñ', ("es",), Steward("coordinator", "a@b.example"))
    about = parse_about(text)
    assert (about.name, about.languages, about.group) == ('River "town" \\ Ñ', ("es",), 5)
    assert about.problems == ()
    key = ListedKey("Ben", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5")
    longer = with_key(text, key)
    assert longer.startswith(text)
    assert parse_about(longer).keys == (key,)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "[privacy]\ngroup = 'five'",
            "`privacy.group` is “five”; it takes a whole number from 1 to 10,000, and 5 holds",
        ),
        ("[privacy]\ngroup = true", "`privacy.group` is “True”"),
        ("privacy = 5", "`privacy` is “5”; it takes a table"),
        ("languages = 'en'", "`languages` is “en”; it takes a list"),
        ("[school]\nweek_starts = 'someday'", "`school.week_starts` is “someday”"),
        ("[[line]]\nname = 'role'", "`line 1` is"),
        ("line = [1]", "`line` is a list of 1; it takes tables"),
        ("[[line]]\nname='a'\ngroups=['b']\nin_office=['c']", "`line 1, in_office` is “c”"),
        ("[[term]]\nname='x'\nstart=2026-09-01\nend=2026-08-01", "`term 1, start and end` is"),
        ("[[key]]\nauthor='Ben'\nssh='-----BEGIN OPENSSH PRIVATE KEY-----'", "`key 1` is"),
        ("format = 2", "`format` is “2”"),
        ("name = 3", "`name` is “3”"),
        ("name = ", "not TOML"),
    ],
)
def test_a_mistake_is_said_with_what_is_allowed_and_the_default_holds(text, says):
    about = parse_about(text)
    assert any(says in problem for problem in about.problems), about.problems
    assert (about.group, about.measure, about.week_starts, about.languages) == (5, 10, "monday", ("en",))
    assert (about.lines[:1] and about.lines[0].in_office) == ()
    assert about.keys == about.terms == ()


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 60_000,
        ".".join(["a"] * 32_000) + " = 1",
        "a = " + "9" * 60_000,
        "[[key]]\n" * 8_000,
        "x" * 70_000,
        "a = '\ud800'".encode("utf-8", "surrogatepass"),
        "name = 'a\u202eb'",
    ],
)
def test_a_text_made_to_harm_takes_no_time_and_never_fails(text):
    began = time.monotonic()
    about = parse_about(text.encode() if isinstance(text, str) else text)
    assert time.monotonic() - began < 1
    assert about.problems or "\u202e" not in about.name


@given(st.text() | st.binary().map(lambda data: data.decode("utf-8", "replace")))
def test_no_text_makes_reading_fail(text):
    parse_about(text)
    parse_about(text.encode("utf-8", "replace"))
