"""One validator for forms, flags and imports."""

import pytest

from reflect.records.kinds import Field
from reflect.records.values import BadValue, as_json, parse_value

CHOICE = Field("valence", "choice", choices=("positive", "no difference"), choices_es=("positivo", "sin diferencia"))
SERIES = Field("values", "series")


@pytest.mark.parametrize(
    ("field", "given", "stored"),
    [
        (CHOICE, ["No Difference"], "no difference"),
        (CHOICE, ["sin diferencia"], "no difference"),
        (CHOICE, [""], None),
        (Field("about", "choices", choices=("words", "a silence")), ["words, A silence"], ["words", "a silence"]),
        (Field("heard", "choices", open=True), ["families", "staff,board"], ["families", "staff", "board"]),
        (Field("held_on", "date"), ["2026-02-28"], "2026-02-28"),
        (Field("number", "number"), ["-3.50"], "-3.50"),
        (SERIES, ["2026-09-04=12, 2026-09-11=15", "2026-09-11=16"], {"2026-09-04": "12", "2026-09-11": ["15", "16"]}),
    ],
)
def test_what_a_person_types_is_stored_in_the_words_of_the_kind(field, given, stored):
    assert parse_value(field, given) == stored


@pytest.mark.parametrize(
    ("field", "given", "allowed"),
    [
        (CHOICE, "good", "positive, no difference"),
        (Field("held_on", "date"), "2026-02-30", "2026-11-23"),
        (Field("held_on", "date"), "soon", "2026-11-23"),
        (Field("number", "number"), "1e5", "12 or 3.5"),
        (Field("number", "number"), "nan", "12 or 3.5"),
        (SERIES, "2026-09-04:12", "2026-09-04=12"),
    ],
)
def test_what_is_not_allowed_is_refused_with_what_is(field, given, allowed):
    with pytest.raises(BadValue) as refused:
        parse_value(field, [given])
    for words in (field.name, given, allowed):
        assert words in str(refused.value)


def test_numbers_and_series_are_numbers_in_json():
    assert as_json(Field("number", "number"), "12") == 12
    assert as_json(Field("number", "number"), "3.50") == 3.5
    assert as_json(SERIES, {"2026-09-04": "12", "2026-09-11": ["15", "16.5"]}) == [
        ["2026-09-04", 12],
        ["2026-09-11", 15],
        ["2026-09-11", 16.5],
    ]
