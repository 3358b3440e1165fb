"""What is known of a record, whatever its file holds."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.records import moments
from reflect.records.compose import Content, compose
from reflect.records.lenses import Framework, Lens, prompts_of_day
from reflect.records.paths import agenda_path, record_path
from reflect.records.query import Filters, parse_query
from reflect.records.record import encoded, read_record
from reflect.records.textforms import cleaned, first_sentence, slug
from reflect.records.ulid import is_ulid, make_ulid
from reflect.store.kind_files import Kinds

FOLDERS = {"journal": "reflection", "agendas": "agenda", "findings": "finding"}


@given(st.binary(max_size=300))
def test_no_bytes_are_lost_or_make_reading_fail(data):
    record = read_record(data, "journal/2026/11/2026-11-23-x-abcd.md", FOLDERS)
    assert encoded(record.text) == data
    assert record.kind
    assert record.title is not None


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("journal/2026/11/2026-11-23-late-abcd.md", "", ("reflection", "2026-11-23-late-abcd", "2026-11-23", "")),
        ("journal/x.md", "# A heading\n\ntext", ("reflection", "A heading", "", "")),
        ("journal/x.md", "\n\nfirst line\nsecond", ("reflection", "first line", "", "")),
        ("agendas/texts/agenda.md", "---\ntitle: Why?\n---\n", ("agenda", "Why?", "", "")),
        ("agendas/texts/findings/x.md", "words", ("finding", "words", "", "")),
        ("elsewhere/x.md", "words", ("", "words", "", "")),
        ("elsewhere/x.md", "---\nkind: finding\n---\n", ("finding", "x", "", "")),
        ("journal/x.md", "---\ncreated: 31 November\n---\n", ("reflection", "x", "", "")),
        ("journal/x.md", "---\na: [\n---\n", ("reflection", "x", "", "line")),
    ],
)
def test_kind_title_and_day_come_from_the_nearest_place_that_says_them(path, text, expected):
    record = read_record(text.encode(), path, FOLDERS)
    assert (record.kind, record.title, record.day) == expected[:3]
    assert bool(record.problem) == bool(expected[3])


def test_bytes_that_are_not_text_and_files_that_are_too_large_are_marked_with_the_reason():
    assert read_record(b"one\ntwo \xff\n", "journal/x.md", FOLDERS).problem == "line 2: bytes that are not UTF-8 text"
    assert "4 MiB" in read_record(b"x" * (4 * 1024 * 1024 + 1), "journal/x.md", FOLDERS).problem


def test_a_new_record_holds_what_was_given_in_the_order_of_its_kind():
    kind = Kinds().get("finding")
    content = Content(
        body="Loose words.",
        lenses=("agency",),
        fields={"strength": "some signs", "valence": "mixed"},
        sections={"What we saw": "12 of 31.", "What we tried": "Texts."},
    )
    text = compose(kind, "01JDA6C4T3W5E9K2M8Q7RZXYVB", "2026-11-23", content)
    assert text == (
        "---\nid: 01JDA6C4T3W5E9K2M8Q7RZXYVB\nkind: finding\ntitle: Loose words.\ncreated: 2026-11-23\n"
        "lenses: [agency]\nvalence: mixed\nstrength: some signs\n---\n"
        "\nLoose words.\n\n## What we tried\n\nTexts.\n\n## What we saw\n\n12 of 31.\n"
    )


def test_sections_are_written_in_the_language_of_the_record():
    kind = Kinds().get("finding")
    text = compose(kind, "01JDA6C4T3W5E9K2M8Q7RZXYVB", "2026-11-23", Content(sections={"What we saw": "x"}), "es")
    spanish = kind.section("What we saw").title_es
    assert f"## {spanish}\n" in text
    assert kind.section(spanish).title == "What we saw"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("I talked too much. Next time less.", "I talked too much."),
        ("## A heading\n\ntext", "A heading"),
        ("  \n\nwords  without\nend", "words without end"),
        ("", ""),
        ("word " * 40, "word word word word word word word word word word word word word word…"),
        ("¿Quién habló? Nadie.", "¿Quién habló?"),
        ("I met Mrs. Okafor at the door. It rained.", "I met Mrs. Okafor at the door."),
    ],
)
def test_the_first_sentence_makes_a_title(text, title):
    assert first_sentence(text) == title


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Families answer, when?", "families-answer-when"),
        ("¿Qué dicen las niñas?", "que-dicen-las-ninas"),
        ("../../etc/passwd", "etc-passwd"),
        ("日本語", "finding"),
        ("CON", "con"),
        ("x" * 80, "x" * 48),
        ("one two three four five six seven eight nine ten eleven", "one-two-three-four-five-six-seven-eight-nine-ten"),
    ],
)
def test_a_file_name_is_legal_everywhere(title, name):
    assert slug(title, "finding") == name
    path = record_path(Kinds().get("finding"), "2026-11-23", title, "01JDA6C4T3W5E9K2M8Q7RZXYVB")
    assert path == f"findings/2026/11/2026-11-23-{name}-xyvb.md"


def test_an_agenda_whose_name_is_taken_gets_the_end_of_its_id():
    assert agenda_path("Texts", "01JDA6C4T3W5E9K2M8Q7RZXYVB", {"texts"}) == "agendas/texts-xyvb/agenda.md"


@pytest.mark.parametrize(
    ("created", "day", "key"),
    [
        ("2026-11-23T21:05:00-06:00", "2026-11-23", "2026-11-23T21:05:00"),
        ("2026-11-23", "2026-11-23", "2026-11-23T23:59:59"),
        ("1660-01-01T09:00:00+00:00", "1660-01-01", "1660-01-01T09:00:00"),
        ("2024-02-29", "2024-02-29", "2024-02-29T23:59:59"),
        ("2023-02-29", "", ""),
        ("2026-11-01T01:30:00-05:00", "2026-11-01", "2026-11-01T01:30:00"),
        ("yesterday", "", ""),
    ],
)
def test_a_date_is_kept_as_written_and_sorted_by_the_day_it_shows(created, day, key):
    assert (moments.day_of(created), moments.sort_key(created)) == (day, key)


def test_control_characters_are_made_visible():
    assert cleaned("a\x1b]52;c;x\x07b\u202ec\r\nd\x9b") == "a�]52;c;x�b�c\nd�"


@given(st.integers(-(2**60), 2**60), st.binary(min_size=10, max_size=10))
def test_ids_are_well_formed_whatever_the_clock_says(milliseconds, randomness):
    assert is_ulid(make_ulid(milliseconds, randomness))


def test_a_search_is_taken_apart_into_words_phrases_and_filters():
    query = parse_query('kind:finding "home language" answ* tag:#texting since:2026-01-01 time:out')
    assert query.terms == (("home language", False), ("answ", True), ("time:out", False))
    assert query.filters == Filters(kinds=("finding",), tags=("texting",), since="2026-01-01")
    assert parse_query("tal", last_is_prefix=True).terms == (("tal", True),)
    assert parse_query('"open', last_is_prefix=True).terms == (("open", False),)
    assert parse_query("answ kind:finding", last_is_prefix=True).terms == (("answ", True),)
    assert parse_query("answ ", last_is_prefix=True).terms == (("answ", False),)


def test_the_prompt_of_the_day_comes_from_the_lenses_used_longest_ago():
    lenses = tuple(Lens(name, name, "", "", tuple(f"{name}{n}" for n in range(5))) for name in "abcd")
    framework = Framework("f", "F", "S", lenses)
    day = dt.date(1970, 1, 1) + dt.timedelta(days=7)
    asked = prompts_of_day(framework, {"a": "2026-01-01", "b": "2025-01-01", "c": "2026-02-01"}, day)
    # Never used: d; then b, a. Day 7: lens 7 mod 3, prompt (7 div 3) mod 5.
    assert [each.text for each in asked[:3]] == ["b2", "a2", "d3"]
