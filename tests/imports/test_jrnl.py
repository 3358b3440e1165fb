"""jrnl's journals read as jrnl reads them."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.imports.entry import Entry, created_text
from reflect.imports.jrnl import read_jrnl
from reflect.imports.jrnl_json import read_jrnl_json
from reflect.imports.report import Skipped
from reflect.imports.stamps import parse_stamp
from reflect.when import with_local_offset

NIGHT = dt.datetime(2026, 11, 23, 21, 5)


def entries(text, **given_):
    return [each for each in read_jrnl(text, "j.txt", **given_) if isinstance(each, Entry)]


def remarks(text, **given_):
    return [(each.where, each.why) for each in read_jrnl(text, "j.txt", **given_) if isinstance(each, Skipped)]


def written_by_jrnl(entry):
    """Return an entry as jrnl 4.6 writes it: Entry.__str__ in journals/Entry.py."""
    star = " *" if "starred" in entry.tags else ""
    gap = "\n" if entry.body.rstrip("\n ") else ""
    body = entry.body.rstrip("\n ")
    return f"[{entry.when:%Y-%m-%d %H:%M}] {entry.title}{star}{gap}{body}\n"


words = st.text(
    st.characters(blacklist_characters="[]\r\n*@#\x85\u2028\u2029", blacklist_categories=["Cs", "Cc", "Z"]), min_size=1
)
titles = st.lists(words, min_size=1, max_size=6).map(" ".join)
bodies = st.lists(st.lists(words, max_size=4).map(" ".join), max_size=5).map(lambda lines: "\n".join(lines).strip("\n"))
moments = st.datetimes(dt.datetime(1000, 1, 1), dt.datetime(2100, 1, 1)).map(
    lambda each: each.replace(second=0, microsecond=0)
)
journals = st.lists(
    st.builds(
        lambda when, title, body, star: Entry("", when, title, body, ("starred",) if star else ()),
        moments,
        titles,
        bodies,
        st.booleans(),
    ),
    max_size=6,
)


@given(journals)
def test_what_jrnl_writes_is_read_back_entry_by_entry(journal):
    text = "\n".join(written_by_jrnl(entry) for entry in journal)
    found = entries(text)
    assert [(e.when, e.title, e.body, e.tags) for e in found] == [(e.when, e.title, e.body, e.tags) for e in journal]


@pytest.mark.parametrize(
    ("stamp", "when"),
    [
        ("[2026-11-23 21:05]", NIGHT),
        ("[2026-11-23 09:05 PM]", NIGHT),
        ("[2026-11-23 09:05:00 PM]", NIGHT),
        ("[2026-11-23 9:05 p.m.]", NIGHT),
        ("[2026-11-23 12:05 AM]", NIGHT.replace(hour=0)),
        ("[2026/11/23 21:05:00]", NIGHT),
        ("[23.11.2026 21:05]", NIGHT),
        ("[11/23/2026 21:05]", NIGHT),
        ("[Monday, 23 November 2026 09:05 PM]", NIGHT),
        ("[2026-11-23]", NIGHT.date()),
        ("[1660-02-29 10:00]", dt.datetime(1660, 2, 29, 10)),
        ("2026-11-23 21:05", NIGHT),
        ("2026-11-23 09:05 PM", NIGHT),
    ],
)
def test_stamps_in_many_forms_begin_an_entry(stamp, when):
    (entry,) = entries(f"{stamp} One thing.\nAnd more.\n")
    assert (entry.when, entry.title, entry.body) == (when, "One thing.", "And more.")


@pytest.mark.parametrize(
    "line",
    ["[1] a footnote", "[x] done", "[yesterday] she said", "[10:30] the bell", " [2026-01-01 10:00] indented",
     "[2026-01-01 10:00]no blank", "2026-01-01 10:00 in the new form", "[chapter 12 of 2026] a book"],
)  # fmt: skip
def test_a_line_that_is_no_stamp_stays_in_its_entry(line):
    (entry,) = entries(f"[2026-11-23 21:05] Title\n{line}\nmore\n")
    assert entry.body.strip() == f"{line}\nmore".strip()


def test_titles_end_at_the_line_or_without_one_at_the_sentence():
    found = entries("[2026-11-23 21:05] I listened. It helped.\n[2026-11-23 21:06] I listened. It helped.\n\n")
    assert [(each.title, each.body) for each in found] == [
        ("I listened.", "It helped."),
        ("I listened. It helped.", ""),
    ]


def test_tags_and_stars_become_tags_and_stay_in_the_text():
    (entry,) = entries("[2026-11-23 21:05] With @Ana and #Families *\nmail a@b.c ## no @ana #two/Three.\n")
    assert entry.tags == ("ana", "families", "two/three", "starred")
    assert entry.title == "With @Ana and #Families"


def test_text_above_the_first_date_comes_in_under_the_day_that_follows_and_is_said():
    first, second = entries("\nKept since 2019.\n\n[2026-11-23 21:05] Title\n")
    assert (first.when, first.title) == (NIGHT.date(), "Kept since 2019.")
    assert second.title == "Title"
    assert remarks("\nKept.\n[2026-11-23 21:05] T\n") == [
        ("j.txt:2", "no date stands above this text; it came in under 2026-11-23")
    ]


def test_what_cannot_be_an_entry_is_said_with_file_and_line():
    text = "[2026-11-23 21:05] One\n\n[2026-11-24 21:05] \n\n[2026-11-25 21:05] Two\n[2026-02-30 10:00] no such day\n"
    assert remarks(text) == [
        ("j.txt:3", "an entry without words"),
        ("j.txt:6", "there is no date 2026-02-30 10:00; what follows came in with the entry before"),
    ]
    assert remarks("\njust words\n") == [("j.txt:2", "no line here begins with a date, as the entries of jrnl do")]


def test_days_and_months_that_could_be_either_are_told_by_the_others_or_said():
    assert [each.when.month for each in entries("[03/04/2026 10:00] a\n[13/04/2026 10:00] b\n")] == [4, 4]
    assert "month first" in remarks("[03/04/2026 10:00] a\n")[0][1]


def test_a_folder_journal_gives_the_day_and_its_stamps_may_be_times():
    (entry, other) = entries("[21:05] One\n\n[22:00] Two\n[not a time] x\n", day=NIGHT.date())
    assert (entry.when, other.when, other.body) == (NIGHT, NIGHT.replace(hour=22, minute=0), "[not a time] x")


@pytest.mark.parametrize(
    ("clock", "written"),
    [
        (NIGHT, "2026-11-23T21:05:00-06:00"),
        (dt.datetime(2026, 7, 1, 9), "2026-07-01T09:00:00-05:00"),
        (dt.datetime(2026, 3, 8, 2, 30), "2026-03-08T02:30:00"),
        (dt.datetime(2026, 11, 1, 1, 30), "2026-11-01T01:30:00-05:00"),
        (dt.datetime(1660, 2, 29, 10), "1660-02-29T10:00:00-05:51"),
        (dt.datetime(1, 1, 1), "0001-01-01T00:00:00"),
    ],
)
def test_a_time_gets_the_offset_of_its_day_and_keeps_its_clock(clock, written):
    assert created_text(clock).startswith(written)
    assert with_local_offset(clock).replace(tzinfo=None) == clock


def export(*found):
    return json.dumps({"tags": {"@a": 1, "entries": 2}, "entries": list(found)}, indent=2)


ONE = {"title": "One.", "body": "Two @b", "date": "2026-11-23", "time": "21:05", "tags": ["@b"], "starred": True}


def test_an_export_gives_the_same_entries_as_the_journal():
    (exported,) = read_jrnl_json(export(ONE), "j.json")
    (typed,) = read_jrnl("[2026-11-23 21:05] One. *\nTwo @b\n", "j.txt")
    assert exported.where == "j.json:7"
    assert (exported.when, exported.title, exported.body, exported.tags) == (
        typed.when, typed.title, typed.body, typed.tags
    )  # fmt: skip


def test_an_export_that_breaks_off_gives_what_stands_before_the_damage():
    found = list(read_jrnl_json(export(ONE, ONE)[:-60], "j.json"))
    assert isinstance(found[0], Entry)
    assert "damaged here" in found[-1].why
    assert found[-1].where.startswith("j.json:")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no list of “entries”"),
        ("[]", "no list of “entries”"),
        ('{"entries": {}}', "no list of “entries”"),
        ('{"entries" 3}', "damaged here"),
        ('{"entries": [3]}', "not an entry"),
        ('{"entries": [{"title": "x"}]}', "without a date"),
        ('{"entries": [{"title": "x", "date": "2026-02-30", "time": "10:00"}]}', "is no date"),
        ('{"entries": [{"title": 3, "date": "2026-02-03", "time": "10:00"}]}', "without words"),
        ('{"entries": [' + "[" * 100_000, "nested too deep"),
        ('{"entries": [{"title": "\\ud800x", "date": "2026-02-03"}]}', "half of a character"),
    ],
)
def test_an_export_that_is_none_is_said_in_a_sentence(text, why):
    found = list(read_jrnl_json(text, "j.json"))
    assert why in found[-1].why


def test_a_date_in_words_needs_day_month_and_year():
    assert parse_stamp("23 de noviembre de 2026 21:05") == NIGHT
    assert parse_stamp("November 2026") is None
