"""Leading through the moments of a record: the path in the title line, and where in a text something goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.style import Style

from reflect.records import markdown
from reflect.records.guidance import MomentSpec
from reflect.records.kinds import Kind, SectionSpec
from reflect.records.textforms import folded
from reflect.tui.words import plain_line

# What a click on the path carries.
MOMENT = "moment"
HERE, FILLED, EMPTY = "●", "✓", "○"


def path_line(moments: Sequence[MomentSpec], here: int, filled: Sequence[bool], lang: str) -> Content:
    """Return the moments as a path: `✓` has text, `●` is where one is, `○` waits. Each can be clicked."""
    parts = []
    for at, moment in enumerate(moments):
        sign = HERE if at == here else FILLED if filled[at] else EMPTY
        part = Content.assemble((f"{sign} ", "$text-accent"), plain_line(moment.shown_name(lang)))
        part = part.stylize("bold" if at == here else "not bold $text-muted")
        parts.append(part.stylize(Style.from_meta({MOMENT: at})))
    return Content(" ─ ").stylize("not bold $text-muted").join(parts)


def has_text(lines: Iterable[str]) -> bool:
    """Say whether anything stands there beside headings."""
    return any(line.strip() and not line.startswith("## ") for line in lines)


def written_sections(lines: Iterable[str], kind: Kind) -> set[str]:
    """Return the titles of the kind's sections that have text; quick, for it is asked while one types."""
    found: set[str] = set()
    title = ""
    for line in lines:
        if line.startswith("## "):
            section = kind.section(line[3:])
            title = section.title if section else ""
        elif title and line.strip():
            found.add(title)
    return found


def end_of(body: str, section: SectionSpec) -> tuple[tuple[int, int], str] | None:
    """Return where a paragraph goes that ends a section, as (line, column), and what parts it from the text above.

    None where the section is not in this text.
    """
    lines = markdown.lines_of(body)
    for found in markdown.sections(body):
        if folded(found.title) in section.aliases:
            last = max(at for at in range(found.start, found.end) if at == found.start or lines[at].strip())
            if last == found.start and found.end - found.start > 2:
                return (last + 2, 0), ""
            return (last, len(lines[last].rstrip("\n"))), "\n\n"
    return None
