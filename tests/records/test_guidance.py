"""Where a record opens, and what is offered; nothing moves by itself."""

from __future__ import annotations

import pytest

from reflect.records.guidance import date_to_ask, offer_of, opening_moment
from reflect.store.kind_files import Kinds

KINDS = Kinds()
CALL_IN = KINDS.get("call-in")
TODAY = "2026-11-23"


@pytest.mark.parametrize(
    ("values", "filled", "moment"),
    [
        ({}, "0000", "prepare"),
        ({"status": "preparing"}, "1000", "prepare"),
        ({"status": "preparing", "held_on": "2026-11-24"}, "1000", "prepare"),
        ({"status": "preparing", "held_on": "2026-11-23"}, "1000", "have"),
        ({"status": "preparing", "held_on": "2026-11-23"}, "0000", "prepare"),
        ({"status": "held"}, "1000", "after"),
        ({"status": "held", "follow_up": "2026-11-20"}, "1100", "after"),
        ({"status": "held", "follow_up": "2026-11-20"}, "1110", "follow up"),
        ({"status": "followed up"}, "1111", "follow up"),
        ({"status": "let pass"}, "1000", "prepare"),
        ({"status": "as they say"}, "1100", "after"),
        ({"status": "as they say"}, "1111", "prepare"),
    ],
)
def test_a_call_in_opens_where_it_stands(values: dict[str, str], filled: str, moment: str) -> None:
    at = opening_moment(CALL_IN, values, [each == "1" for each in filled], TODAY)
    assert CALL_IN.moments[at].name == moment


@pytest.mark.parametrize(
    ("values", "written", "sets"),
    [
        ({"status": "preparing"}, set(), None),
        ({}, {"What was said"}, {"status": ("held",)}),
        ({"status": "held"}, {"What was said"}, {"held_on": ("today",)}),
        ({"status": "held", "held_on": TODAY}, {"What was said"}, None),
        ({"status": "held", "held_on": TODAY}, {"What changed, and repair"}, {"status": ("followed up",)}),
        ({"status": "let pass"}, {"What was said", "What changed, and repair"}, None),
    ],
)
def test_what_was_written_offers_the_status_that_goes_with_it(
    values: dict[str, str], written: set[str], sets: dict[str, tuple[str, ...]] | None
) -> None:
    offer = offer_of(CALL_IN, values, written)
    assert (offer.set if offer else None) == sets


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        ({"status": "preparing"}, True),
        ({"status": "held", "follow_up": "2026-11-22"}, True),
        ({"status": "held", "follow_up": "2026-11-23"}, False),
        ({"status": "followed up"}, False),
        ({"status": "let pass"}, False),
    ],
)
def test_a_day_to_come_back_is_asked_for_only_while_it_is_open(values: dict[str, str], asked: bool) -> None:
    assert date_to_ask(CALL_IN, values, TODAY) == ("follow_up" if asked else "")


def test_who_was_called_in_sees_another_first_hint() -> None:
    first = CALL_IN.sections[0]
    assert CALL_IN.hint_of(first, "en", {}).startswith("The behavior or the process")
    assert CALL_IN.hint_of(first, "en", {"side": "I was called in"}) == "What was raised with me, in their words."
    assert CALL_IN.hint_of(first, "es", {"side": "I was called in"}) == "Lo que me plantearon, en sus palabras."


def test_moments_have_names_in_both_languages() -> None:
    assert [each.shown_name("es") for each in CALL_IN.moments] == [
        "preparar",
        "conversar",
        "después",
        "dar seguimiento",
    ]
    assert [each.shown_name() for each in CALL_IN.moments] == ["prepare", "have", "after", "follow up"]


def test_what_a_kind_starts_exists() -> None:
    for kind in KINDS.all():
        assert all(KINDS.find(name) for start in kind.starts for name in start.kinds)
