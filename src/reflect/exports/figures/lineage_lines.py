"""A lineage as a tree: the strong example, and under it each version that was made of it, wherever it stands."""

from __future__ import annotations

from reflect.exports.figures.credits import SYSTEM
from reflect.insights.lineage import KIND, NOT_YET_OURS, QUESTION, Version
from reflect.insights.patterns.figures import Offer
from reflect.insights.views import Line, NoteOf, View
from reflect.records.textforms import cut_at_word, one_line
from reflect.store.catalog import Row

SEND_BACK = "What we send back"
LONGEST = 160


def lineage_view(root: Version, asked: Row, note_of: NoteOf) -> View:
    """Return the tree, and the question that leads to what is sent back."""
    lines = _lines(root, "", "", note_of, 0)
    title = f"Lineage: {one_line(root.row.title)}"
    made = [each.row for _, each in root.walk() if each.row.kind == KIND and not each.is_cut]
    ours = [row for row in made if row.id == asked.id] or [row for row in made if not row.place]
    if not made:
        begin = Offer("an approximation of it", KIND, fields={"example": asked.id})
        lines.append(Line("No version was made of it yet."))
        return View(title, tuple(lines), "What is its heart, and what of it would fit our home?", (begin,), SYSTEM)
    if not ours:
        begin = Offer("our own approximation", KIND, fields={"example": root.row.id})
        return View(title, tuple(lines), "What would our own version keep?", (begin,), SYSTEM)
    back = Offer(f"send something back from “{one_line(ours[0].title)}”", ref=ours[0].ref, at=SEND_BACK)
    return View(title, tuple(lines), QUESTION, (back,), SYSTEM)


def where_of(row: Row) -> str:
    """Return where a version stands, and how far it has come."""
    place = row.place or "your journal"
    kind = row.text_of("status") if row.kind == KIND else row.kind
    return one_line(" · ".join(filter(None, (place, kind))))


def _lines(version: Version, before: str, under: str, note_of: NoteOf, level: int) -> list[Line]:
    row = version.row
    name = one_line(f"{row.title} ({where_of(row)})")
    if version.is_cut:
        text = f"{name}: stands above, a circle is cut here"
        return [Line(f"{before}{text}", note_of(row), row.ref, says=text, level=level, is_drawn=True)]
    lines = [Line(f"{before}{name}", note_of(row), row.ref, says=name, level=level, is_drawn=True)]
    told = [("heart", version.heart), ("kept and changed", version.changes)]
    bar = f"{under}{'│  ' if version.versions else '   '}"
    for label, text in told:
        if text.strip():
            lines.append(_told(f"{label}: {cut_at_word(one_line(text), LONGEST)}", bar, level))
    if not version.is_ours:
        lines.append(_told(f"{NOT_YET_OURS}: nothing is written of our home", bar, level))
    for number, each in enumerate(version.versions, 1):
        is_last = number == len(version.versions)
        joint, rest = ("└─ ", "   ") if is_last else ("├─ ", "│  ")
        lines += _lines(each, f"{under}{joint}", f"{under}{rest}", note_of, level + 1)
    return lines


def _told(text: str, bar: str, level: int) -> Line:
    return Line(f"{bar}{text}", says=text, level=level, is_drawn=True)
