"""Three versions of a body into one, section by section and paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Mapping

from reflect.records.merge_chunks import Merge, Part, merge_chunks
from reflect.records.merge_gaps import Slot, Three, joined
from reflect.records.merge_order import merged_order
from reflect.records.paragraphs import Paragraphs, paragraphs_of
from reflect.records.textforms import folded

PREFACE = ""
Sections = Mapping[str, Part]


def merge_body(base: str, mine: str, theirs: str, newline: str = "\n") -> tuple[str, bool]:
    """Return a body with both changes, and whether it holds all of them; theirs where it cannot.

    What nobody changed stays byte for byte; `newline` ends lines that have to be added.
    """
    three = Three(*[paragraphs_of(text) for text in (base, mine, theirs)])
    merge = _by_section(three, newline)
    if merge is None or not merge.is_clean:
        # A heading worded anew, say, is only seen in the row of all paragraphs.
        in_a_row = merge_chunks(Part(three.base.all), Part(three.mine.all), Part(three.theirs.all), newline)
        merge = in_a_row if merge is None or in_a_row.is_clean else merge
    return joined(merge.slots, three, newline * 2), merge.is_clean


def _by_section(three: Three, newline: str) -> Merge | None:
    """Return the body merged within its sections, wherever they stand; None where titles do not tell them apart."""
    base, mine, theirs = (_sections(version) for version in three.all)
    if base is None or mine is None or theirs is None or _both_renamed(base, mine, theirs):
        return None
    slots: list[Slot] = []
    is_clean = True
    for title in merged_order(list(base), list(mine), list(theirs)):
        merge = _section(base.get(title), mine.get(title), theirs.get(title), newline)
        slots += merge.slots
        is_clean = is_clean and merge.is_clean
    return Merge(slots, is_clean)


def _section(base: Part | None, mine: Part | None, theirs: Part | None, newline: str) -> Merge:
    nothing = Part()
    if mine is not None and theirs is not None:
        return merge_chunks(base or nothing, mine, theirs, newline)
    if base is None or (mine is None and theirs is None):
        # Only one side has added it, or both have removed it.
        return merge_chunks(nothing, mine or nothing, theirs or nothing, newline)
    left = mine or theirs or nothing
    if [each.text for each in left.paragraphs] == [each.text for each in base.paragraphs]:
        return Merge([], is_clean=True)
    return Merge(merge_chunks(nothing, nothing, theirs or nothing, newline).slots, is_clean=False)


def _sections(version: Paragraphs) -> Sections | None:
    """Return the sections of a body by their folded titles, None where one stands twice."""
    starts = [0, *(number for number, each in enumerate(version.all) if each.heading is not None)]
    ends = [*starts[1:], len(version.all)]
    titles = [PREFACE, *(folded(version.all[start].heading or "") for start in starts[1:])]
    if len(set(titles)) < len(titles):
        return None
    parts = [Part(version.all[start:end], start) for start, end in zip(starts, ends, strict=True)]
    return dict(zip(titles, parts, strict=True))


def _both_renamed(base: Sections, mine: Sections, theirs: Sections) -> bool:
    """Say whether a section is gone from both sides and each has one of its own, perhaps in its place."""
    gone = base.keys() - mine.keys() - theirs.keys()
    return bool(gone and mine.keys() - base.keys() - theirs.keys() and theirs.keys() - base.keys() - mine.keys())
