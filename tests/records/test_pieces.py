"""A text is cut into its moments and joined again; what was not touched stays byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reflect.records.pieces import pieces_of
from reflect.store.kind_files import Kinds
from reflect.tui.sheet import with_headings, without_empty

CALL_IN = Kinds().get("call-in")
HEADINGS = [f"## {each.title}" for each in CALL_IN.sections]
ALL = with_headings("", CALL_IN, "en")
LINES = st.lists(
    st.sampled_from(
        [*HEADINGS, "## Lo que se dijo", "## My own", "text", "  indented", "```", "", "", "## ", "Title\n---"]
    ),
    max_size=14,
)


def test_a_new_record_has_a_piece_for_each_moment_with_a_line_to_write_in() -> None:
    pieces = pieces_of(ALL, CALL_IN)
    assert pieces is not None
    assert [each.count("## ") for each in pieces.shown] == [4, 1, 2, 2]
    assert pieces.shown[1] == "## What was said\n\n"
    assert pieces.joined(pieces.shown) == ALL


def test_what_is_typed_at_the_end_of_a_moment_does_not_run_into_the_next() -> None:
    pieces = pieces_of(ALL, CALL_IN)
    assert pieces is not None
    texts = [pieces.shown[0] + "May I ask?", pieces.shown[1] + "She said yes.\n", *pieces.shown[2:]]
    body = pieces.joined(texts)
    assert "May I ask?\n\n## What was said\n\nShe said yes.\n\n## How it landed\n" in body
    assert without_empty(body, CALL_IN, set()) == (
        "## Words I might start with\n\nMay I ask?\n\n## What was said\n\nShe said yes.\n"
    )


def test_a_moment_may_be_emptied_with_its_headings() -> None:
    pieces = pieces_of(ALL, CALL_IN)
    assert pieces is not None
    assert pieces.joined([pieces.shown[0], "", *pieces.shown[2:]]) == ALL.replace("## What was said\n\n\n\n", "")


@pytest.mark.parametrize(
    "body",
    [
        "## What was said\n\nx\n\n## What I noticed\n\ny\n",
        "## What I noticed\n\n## What was said\n\n## What I noticed\n",
        "```\n## What I noticed\n",
    ],
)
def test_headings_in_another_order_stay_one_text(body: str) -> None:
    assert pieces_of(with_headings(body, CALL_IN, "en"), CALL_IN) is None


def test_a_kind_without_moments_has_no_pieces() -> None:
    kind = Kinds().get("reflection")
    assert pieces_of(with_headings("", kind, "en"), kind) is None


def test_text_above_and_headings_of_ones_own_go_with_what_stands_before_them() -> None:
    body = with_headings(
        "Before.\n\n## What I noticed\n\na\n\n## My own\n\nb\n\n## What was said\n\nc\n", CALL_IN, "en"
    )
    pieces = pieces_of(body, CALL_IN)
    assert pieces is not None
    assert pieces.shown[0].startswith("Before.\n\n## What I noticed\n\na\n\n## My own\n\nb\n")
    assert pieces.shown[1] == "## What was said\n\nc"


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(LINES, st.integers(0, 3), st.sampled_from(["", "more", "more\n", "\n\nmore\n\n\n"]))
def test_only_the_moment_that_was_written_on_changes(lines: list[str], at: int, more: str) -> None:
    body = with_headings("\n".join(lines), CALL_IN, "en")
    pieces = pieces_of(body, CALL_IN)
    if pieces is None:
        return
    assert "".join(pieces.exact) == body
    assert pieces.joined(pieces.shown) == body
    if not more:
        return
    texts = list(pieces.shown)
    texts[at] += more
    joined = pieces.joined(texts)
    before, after = "".join(pieces.exact[:at]), "".join(pieces.exact[at + 1 :])
    assert joined.startswith(before + texts[at])
    assert joined.endswith(after)
    # What lies between is nothing but the blank lines that lead to the next heading.
    assert not joined[len(before + texts[at]) : len(joined) - len(after)].strip("\n")
