"""Three versions of a row of paragraphs into one: what either side changed, where the other did not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reflect.records.matching import Run, matches
from reflect.records.merge_gaps import Slot, Three, joined
from reflect.records.paragraph_diff import changed_runs
from reflect.records.paragraphs import Paragraph, Paragraphs


@dataclass(frozen=True)
class Part:
    """A stretch of a version: its paragraphs, and the number of the first one in the whole."""

    paragraphs: Sequence[Paragraph] = ()
    first: int = 0


@dataclass(frozen=True)
class Merge:
    """The paragraphs of a result, and whether they hold both changes."""

    slots: list[Slot]
    is_clean: bool


def merge_chunks(base: Part, mine: Part, theirs: Part, newline: str) -> Merge:
    """Return what both sides made of a stretch; where that cannot be joined, what they made of it.

    Paragraphs added at one place are both kept, mine after theirs. It is no clean merge where both replaced a
    paragraph, or one replaced what the other removed.
    """
    return _Chunks(base, mine, theirs, newline).merged()


class _Side:
    """What one side changed, and where it has what it left alone."""

    def __init__(self, base: Part, own: Part) -> None:
        self.paragraphs = own.paragraphs
        self.first = own.first
        self.texts = [each.text for each in own.paragraphs]
        self.runs = list(changed_runs([each.text for each in base.paragraphs], self.texts))
        self.numbers: dict[int, int] = {}
        start = there = 0
        end = len(base.paragraphs)
        for run in [*self.runs, Run(False, end, end, len(self.texts), len(self.texts))]:
            self.numbers |= zip(range(start, run.start), range(there, run.new_start), strict=True)
            start, there = run.end, run.new_end

    def made_of(self, group: _Group) -> range:
        """Return the numbers of what it made of the stretch that a group is about."""
        bounds = [(run.new_start, run.new_end) for run in group.runs_of(self)]
        kept = [self.numbers[at] for at in range(group.start, group.end) if at in self.numbers]
        bounds += [(number, number + 1) for number in kept]
        return range(min(start for start, _ in bounds), max(end for _, end in bounds))

    def removed_heading(self, run: Run, base: Part) -> bool:
        """Say whether a run takes a section's heading away, so that what follows would belong to another."""
        came = self.paragraphs[run.new_start : run.new_end]
        return any(each.heading is not None for each in run.of(base.paragraphs)) and not any(
            each.heading is not None for each in came
        )


class _Group:
    """Changes that touch one stretch of the base."""

    def __init__(self) -> None:
        self.changes: list[tuple[_Side, Run]] = []
        self.start = self.end = -1

    def add(self, side: _Side, run: Run) -> None:
        self.start = min(self.start, run.start) if self.changes else run.start
        self.end = max(self.end, run.end)
        self.changes.append((side, run))

    def meets(self, run: Run, base: Part) -> bool:
        """Say whether the next change is about the same stretch; that it begins where this ends is not enough."""
        if run.start < self.end:
            return True
        is_addition = run.start == run.end == self.end
        return is_addition and (
            self.start == self.end or any(side.removed_heading(each, base) for side, each in self.changes)
        )

    def runs_of(self, side: _Side) -> list[Run]:
        return [run for each, run in self.changes if each is side]


class _Chunks:
    def __init__(self, base: Part, mine: Part, theirs: Part, newline: str) -> None:
        self._base = base
        self._mine = _Side(base, mine)
        self._theirs = _Side(base, theirs)
        self._newline = newline
        self._is_clean = True

    def merged(self) -> Merge:
        slots: list[Slot] = []
        at = 0
        for group in self._groups():
            slots += self._kept(at, group.start)
            slots += self._result(group)
            at = group.end
        slots += self._kept(at, len(self._base.paragraphs))
        return Merge(slots, self._is_clean)

    def _groups(self) -> Iterator[_Group]:
        changes = [(side, run) for side in (self._mine, self._theirs) for run in side.runs]
        group = _Group()
        for side, run in sorted(changes, key=lambda each: (each[1].start, each[1].end)):
            if group.changes and not group.meets(run, self._base):
                yield group
                group = _Group()
            group.add(side, run)
        if group.changes:
            yield group

    def _kept(self, start: int, end: int) -> list[Slot]:
        paragraphs = self._base.paragraphs
        return [
            self._slot(paragraphs[at].text, at, self._mine.numbers[at], self._theirs.numbers[at])
            for at in range(start, end)
        ]

    def _result(self, group: _Group) -> list[Slot]:
        mine, theirs = self._mine, self._theirs
        if not group.runs_of(theirs):
            return self._of_mine(mine.made_of(group))
        if not group.runs_of(mine):
            return self._of_theirs(theirs.made_of(group))
        my, their = mine.made_of(group), theirs.made_of(group)
        my_texts, their_texts = mine.texts[my.start : my.stop], theirs.texts[their.start : their.stop]
        size = group.end - group.start
        if my_texts == their_texts:
            return [self._slot(mine.texts[m], None, m, t) for m, t in zip(my, their, strict=True)]
        if not size:
            return self._both_added(my, their)
        if size == len(my) == len(their) == 1 and (found := self._by_parts(group.start, my.start, their.start)):
            return found
        # One side did what the other did, and more.
        if size <= len(my) <= len(their) and _is_within(my_texts, their_texts):
            return self._of_theirs(their)
        if size <= len(their) <= len(my) and _is_within(their_texts, my_texts):
            return self._of_mine(my)
        self._is_clean = False
        return self._of_theirs(their)

    def _both_added(self, my: range, their: range) -> list[Slot]:
        """Return what both added at one place; what both added alike is one."""
        mine, theirs = self._mine.texts, self._theirs.texts
        runs = list(matches(theirs[their.start : their.stop], mine[my.start : my.stop]))
        only_theirs = Counter(theirs[t] for run in runs if not run.is_same for t in run.of(their))
        slots: list[Slot] = []
        for run in runs:
            if run.is_same:
                pairs = zip(run.of_new(my), run.of(their), strict=True)
                slots += [self._slot(mine[m], None, m, t) for m, t in pairs]
                continue
            slots += self._of_theirs(run.of(their))
            for number in run.of_new(my):
                if only_theirs[mine[number]]:
                    only_theirs[mine[number]] -= 1
                else:
                    slots += self._of_mine([number])
        return slots

    def _by_parts(self, at: int, my: int, their: int) -> list[Slot] | None:
        """Return a list or a table that both changed, merged by its items or rows; None where it is neither."""
        three = self._base.paragraphs[at], self._mine.paragraphs[my], self._theirs.paragraphs[their]
        shapes = {each.shape for each in three}
        if len(shapes) > 1 or not all(each.parts for each in three):
            return None
        heads = {each.parts[0].text for each in three}
        # Rows of tables with other columns would not stand below one head.
        if shapes == {"table_open"} and len(heads) > 1:
            return None
        base, mine, theirs = (Part(each.parts) for each in three)
        merge = merge_chunks(base, mine, theirs, self._newline)
        self._is_clean = self._is_clean and merge.is_clean
        if not merge.slots:
            return []
        is_loose = any(_is_loose(each) for each in three)
        gap = self._newline * (2 if is_loose else 1)
        text = joined(merge.slots, Three(*[Paragraphs("", each.parts) for each in three]), gap)
        return [self._slot(text, None, my, their)]

    def _of_mine(self, numbers: Iterable[int]) -> list[Slot]:
        return [self._slot(self._mine.texts[number], None, number, None) for number in numbers]

    def _of_theirs(self, numbers: Iterable[int]) -> list[Slot]:
        return [self._slot(self._theirs.texts[number], None, None, number) for number in numbers]

    def _slot(self, text: str, base: int | None, mine: int | None, theirs: int | None) -> Slot:
        """Return a slot whose numbers count in the whole versions."""
        firsts = (self._base.first, self._mine.first, self._theirs.first)
        numbers = (base, mine, theirs)
        return Slot(text, *[None if n is None else n + first for n, first in zip(numbers, firsts, strict=True)])


def _is_within(texts: Sequence[str], longer: Sequence[str]) -> bool:
    """Say whether the texts all stand in a longer row, in this order."""
    rest = iter(longer)
    return all(text in rest for text in texts)


def _is_loose(paragraph: Paragraph) -> bool:
    return any(part.gap.count("\n") > 1 for part in paragraph.parts)
