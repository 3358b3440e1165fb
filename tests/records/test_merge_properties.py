"""Whatever two people make of one record: a clean merge has every line of both, and the order says little."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from reflect.records.document import Document
from reflect.records.merge import merge_record
from reflect.records.yaml_block import format_entry

PARAGRAPHS = [
    *(f"Paragraph {name} says what families told us." for name in "abcdef"),
    "One line\nand another.",
    "- one\n- two\n- three",
    "- one\n- two, twice\n- three",
    "- one\n- three\n- four",
    "| Who | How many |\n|---|---|\n| we | 3 |",
    "| Who | How many |\n|---|---|\n| we | 4 |\n| they | 5 |",
    "```\ncode\n\n## no heading\n```",
    "    indented",
    "> said",
    "[target]: https://example.org",
    "Setext\n---",
    "***",
]
paragraphs = st.sampled_from(PARAGRAPHS)
headings = st.sampled_from(["## What we saw", "## What we do not know", "## For whom", "### Smaller"])
blocks = st.lists(st.one_of(paragraphs, headings), max_size=9, unique=True)
gaps = st.sampled_from(["\n\n", "\n\n", "\n\n", "\n", "\n\n\n"])
ends = st.sampled_from(["", "\n", "\n\n"])
leads = st.sampled_from(["", "\n", "\n\n"])
lists = st.lists(st.sampled_from(["x", "y", "z", "w"]), max_size=4, unique=True)
series = st.dictionaries(st.sampled_from(["2026-09-04", "2026-09-11", "2026-09-18"]), st.sampled_from(["1", "2"]))
fields = st.fixed_dictionaries(
    {}, optional={"title": st.sampled_from(["A", "B", "C"]), "tags": lists, "values": series, "lang": st.just("en")}
)


@st.composite
def bodies(draw, like=None):
    chosen = draw(blocks) if like is None else draw(edited(like))
    text = "".join(part for block in chosen for part in (draw(gaps), block))
    return draw(leads) + text.lstrip("\n") + draw(ends), chosen


@st.composite
def edited(draw, chosen):
    """A few changes of a list of paragraphs: added, removed, replaced, moved."""
    chosen = list(chosen)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(chosen)))
        change = draw(st.sampled_from(["add", "remove", "replace", "move", "extend"]))
        if change == "add" or at == len(chosen):
            chosen.insert(at, draw(st.one_of(paragraphs, headings)))
        elif change == "remove":
            del chosen[at]
        elif change == "replace":
            chosen[at] = draw(paragraphs)
        elif change == "extend":
            chosen[at] += f" And {draw(st.sampled_from(['more', 'less']))}."
        else:
            chosen.insert(draw(st.integers(0, len(chosen) - 1)), chosen.pop(at))
    return chosen


def written(front: dict, body: str, newline: str) -> str:
    head = "".join(format_entry(key, value) for key, value in front.items())
    text = f"---\n{head}---\n{body}" if front else body
    return text.replace("\n", newline)


@st.composite
def threes(draw):
    """A record and what two people made of it."""
    body, chosen = draw(bodies())
    front = draw(fields)
    newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    texts = [written(front, body, newline)]
    for _ in range(2):
        changed = {**front, **draw(fields)} if draw(st.booleans()) else front
        own = newline if draw(st.integers(0, 9)) else "\n"
        texts.append(written(changed, draw(bodies(chosen))[0], own))
    return texts


def lines_of(text: str) -> Counter[str]:
    return Counter(line.rstrip("\r") for line in Document.parse(text).body.split("\n") if line.strip())


def added(base: str, side: str) -> set[str]:
    return set(lines_of(side) - lines_of(base))


@given(threes())
@settings(max_examples=400)
def test_a_clean_merge_has_every_line_that_either_side_added(texts):
    base, mine, theirs = texts
    merged = merge_record(base, mine, theirs)
    have = set(lines_of(merged.text))
    assert added(base, theirs) <= have
    if merged.is_clean:
        assert added(base, mine) <= have


@given(threes())
@settings(max_examples=400)
def test_merging_either_way_round_gives_the_same_lines(texts):
    base, mine, theirs = texts
    one, other = merge_record(base, mine, theirs), merge_record(base, theirs, mine)
    assert one.is_clean == other.is_clean
    if one.is_clean:
        assert lines_of(one.text) == lines_of(other.text)
        values, others = (
            {key: sorted(value) if isinstance(value, list) else value for key, value in each.values.items()}
            for each in (Document.parse(one.text), Document.parse(other.text))
        )
        assert values == others


@given(threes())
@settings(max_examples=200)
def test_a_merge_that_arrives_at_the_other_side_stays_as_it_is(texts):
    base, mine, theirs = texts
    merged = merge_record(base, mine, theirs)
    assert merge_record(theirs, merged.text, theirs).text == merged.text


@given(threes())
@settings(max_examples=200)
def test_a_merge_with_no_change_on_one_side_is_the_other_side_to_the_byte(texts):
    base, changed, _ = texts
    assert merge_record(base, changed, base).text == changed
    assert merge_record(base, base, changed).text == changed
    assert merge_record(base, changed, changed).text == changed


@given(threes())
@settings(max_examples=200)
def test_fields_hold_what_either_side_set(texts):
    base, mine, theirs = texts
    merged = merge_record(base, mine, theirs)
    old, my, their, new = (Document.parse(each).values for each in (base, mine, theirs, merged.text))
    if not merged.is_clean:
        return
    for key in {*my, *their}:
        if isinstance(new.get(key), list):
            was, gave, got = (set(each.get(key, [])) for each in (old, my, their))
            assert set(new[key]) == (was & gave & got) | (gave - was) | (got - was)
        elif not isinstance(new.get(key), dict):
            assert new.get(key) in (my.get(key), their.get(key))
