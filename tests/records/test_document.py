"""Front matter: byte for byte the same when unchanged, one line different when one field changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.errors import Unreadable
from reflect.records.document import Document
from reflect.records.yaml_block import format_entry, parse_block

HAND_WRITTEN = """---
id: 01JDA6C4T3W5E9K2M8Q7RZXYVB  # the one from the meeting
kind: finding
title: 'Texts: what worked'
tags:
  - texting
  - "a, b"
lenses: [ agency, "x: y" ]

# a remark of mine
unknown_key: {a: 1, b: [2, 3]}
notes: |
  one

  two
valence:
---

## What we saw

12 of 31.
"""

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
keys = st.from_regex(r"[a-z][a-z_]{0,10}", fullmatch=True)
values = st.one_of(texts, st.lists(texts, max_size=4), st.dictionaries(keys, texts, min_size=1, max_size=3))
mappings = st.dictionaries(keys, values, max_size=6)


# Pieces of which a line may be simple or just not.
PIECES = ["a", "key", "x y", "é", "12", "_", "-", "- ", ": ", ":", " #", "#", "[", "]", ", ", ",", "'", '"', " ", "|"]
PIECES += ["&a", "~", "\t", "\u00a0", "\u2028", "\U0001f600", "\r", "2026-11-20T10:00"]
lines = st.builds(
    "{}: {}".format,
    st.sampled_from(["a", "b", "key"]),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join)
    | st.sampled_from(["[a, x y]", "[a,b]", "[é]"]),
)


def said_of(block: str) -> list[tuple[object, ...]] | tuple[int, str]:
    """Return what is read of a block, with its lines counted from the first, or what is wrong with it."""
    try:
        return [
            (each.key, each.value, *each.key_start, *each.value_start, *each.value_end, each.is_block)
            for each in parse_block(block)
        ]
    except Unreadable as error:
        return error.line, error.why


def lines_changed(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


@given(st.text(max_size=200))
def test_any_text_joins_to_itself_or_is_refused(text):
    try:
        assert Document.parse(text).text == text
    except Unreadable:
        assert text.startswith(("---", "\ufeff---"))


@given(mappings, st.sampled_from(["\n", "\r\n"]), st.text(max_size=60))
def test_what_is_written_is_read_again(mapping, newline, body):
    block = "".join(format_entry(key, value, newline) for key, value in mapping.items())
    document = Document.parse(f"---{newline}{block}---{newline}{body}")
    expected = {k: (v if newline == "\n" else with_plain_ends(v)) for k, v in mapping.items()}
    assert {k: with_plain_ends(v) for k, v in document.values.items()} == {
        k: with_plain_ends(v) for k, v in expected.items()
    }
    assert document.body == body


def with_plain_ends(value):
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    return value


@given(mappings, mappings)
def test_setting_a_field_leaves_every_other_as_it_was(mapping, changes):
    block = "".join(format_entry(key, value) for key, value in mapping.items())
    document = Document.parse(f"---\n{block}---\nbody\n")
    for key, value in changes.items():
        document = document.with_value(key, value)
    assert document.values == {**mapping, **changes}
    for key in changes:
        document = document.with_value(key, None)
    assert document.values == {k: v for k, v in mapping.items() if k not in changes}


@pytest.mark.parametrize(
    ("key", "value", "gone", "come"),
    [
        (
            "id",
            "new",
            ["id: 01JDA6C4T3W5E9K2M8Q7RZXYVB  # the one from the meeting"],
            ["id: new  # the one from the meeting"],
        ),
        ("title", "Plain", ["title: 'Texts: what worked'"], ["title: Plain"]),
        ("lenses", ["agency"], ['lenses: [ agency, "x: y" ]'], ["lenses: [agency]"]),
        ("valence", "mixed", ["valence:"], ["valence: mixed"]),
        ("tags", ["one"], ["tags:", "  - texting", '  - "a, b"'], ["tags: [one]"]),
        ("fresh", "2026-11-23", [], ["fresh: 2026-11-23"]),
    ],
)
def test_changing_one_field_changes_its_lines_only(key, value, gone, come):
    after = Document.parse(HAND_WRITTEN).with_value(key, value).text
    assert lines_changed(HAND_WRITTEN, after) == (gone, come)


@given(st.lists(lines, min_size=1, max_size=3))
def test_a_remark_above_changes_nothing_but_the_numbers_of_lines(written):
    block = "".join(f"{line}\n" for line in written)
    plain, below = said_of(block), said_of(f"# a remark\n{block}")
    if isinstance(plain, tuple):
        assert below == (plain[0] + 1, plain[1])
    else:
        moved = [(k, v, a + 1, b, c + 1, d, e + 1, f, is_block) for k, v, a, b, c, d, e, f, is_block in plain]
        assert below == moved


def test_windows_line_ends_and_a_byte_order_mark_survive_an_edit():
    text = "\ufeff---\r\nkind: finding\r\ntitle: old\r\n---\r\n\r\ntext\r\n"
    assert Document.parse(text).with_value("title", "new").text == text.replace("old", "new")


def test_text_stays_text():
    values = Document.parse("---\na: 2026-11-23\nb: 0123\nc: yes\nd: 1_000\ne: ~\nf: 12:30:00\n---\n").values
    assert values == {"a": "2026-11-23", "b": "0123", "c": "yes", "d": "1_000", "e": "~", "f": "12:30:00"}


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("---\ntitle: x\n", 1, "no end"),
        ("---\na: 1\na: 2\n---\n", 3, "second time"),
        ("---\na: &x 1\nb: *x\n---\n", 2, "anchor"),
        ("---\na: 1\nb: *x\n---\n", 3, "alias"),
        ("---\na: !!python/object:os.system x\n---\n", 2, "tag"),
        pytest.param("---\na: [" + "[" * 60000 + "\n---\n", 2, "deeper", id="nesting"),
        ("---\na: {b: {c: {d: {e: {f: {g: {h: {i: 1}}}}}}}}\n---\n", 2, "deeper"),
        ("---\n- a list\n---\n", 2, "name: value"),
        ("---\njust words\n---\n", 2, "name: value"),
        ("---\na: \x00\n---\n", 2, "character"),
        ("---\na: 'open\n---\n", 3, "end of stream"),
        ("---\na: 1\n b: 2\n---\n", 3, ""),
        pytest.param("---\n" + "a: " + "x" * 270_000 + "\n---\n", 1, "larger", id="too large"),
    ],
)
def test_front_matter_that_cannot_be_read_says_where_and_why(text, line, why):
    with pytest.raises(Unreadable) as refused:
        Document.parse(text)
    assert (refused.value.line, why in refused.value.why) == (line, True), str(refused.value)


def test_a_billion_laughs_costs_nothing():
    laughs = "a: &a [x,x]\n" + "".join(f"{chr(98 + n)}: [*{chr(97 + n)},*{chr(97 + n)}]\n" for n in range(9))
    with pytest.raises(Unreadable):
        parse_block(laughs)
