"""What can be drawn of the system around the records, by name: for the command line and the app alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reflect.errors import ReflectError
from reflect.insights.system import System
from reflect.insights.views import NoteOf, View
from reflect.store.catalog import Row


@dataclass(frozen=True)
class Drawn:
    """What was found, as lines and, where there is one, as a picture in SVG."""

    found: object
    view: View
    svg: Callable[[], str] | None = None


@dataclass(frozen=True)
class Look:
    """From where it is looked at: the record in question, the width, what is said at the right of a record."""

    row: Row | None
    columns: int
    note_of: NoteOf
    is_spoken: bool = False

    @property
    def asked(self) -> Row:
        """The record in question; raises ReflectError where there is none."""
        if self.row is None:
            raise ReflectError("This is drawn of one record.", "Name it.")
        return self.row


@dataclass(frozen=True)
class Drawing:
    """One thing that can be drawn; `about` says of which records, `""` where it is of no single one."""

    name: str
    title: str
    draw: Callable[[System, Look], Drawn]
    about: str = ""


def _circles(system: System, look: Look) -> Drawn:
    from reflect.exports.figures.circles_lines import circles_view
    from reflect.exports.figures.circles_svg import circles_svg

    found = system.circles()
    view = circles_view(found, look.columns, look.note_of, look.is_spoken)
    return Drawn(found, view, lambda: circles_svg(found))


def _versions(system: System, look: Look) -> Drawn:
    from reflect.exports.figures.versions_lines import versions_view

    found = system.versions(look.asked)
    return Drawn(found, versions_view(found, system.new_version(found.stands[0].row), look.note_of))


def _lineage(system: System, look: Look) -> Drawn:
    from reflect.exports.figures.lineage_lines import lineage_view
    from reflect.exports.figures.lineage_svg import lineage_svg

    found = system.lineage(look.asked)
    return Drawn(found, lineage_view(found, look.asked, look.note_of), lambda: lineage_svg(found))


def _channels(system: System, look: Look) -> Drawn:
    from reflect.exports.figures.channels_lines import channels_view
    from reflect.exports.figures.channels_svg import channels_svg

    found = system.channels()
    return Drawn(found, channels_view(found, look.columns, look.note_of), lambda: channels_svg(found))


def _spiral(system: System, look: Look) -> Drawn:
    from reflect.exports.figures.travels_lines import spiral_view

    found = system.spiral(look.asked)
    readable = system.copy_of(found.places[0].row)
    return Drawn(found, spiral_view(found, system.season_began, readable, look.note_of))


def _movement(system: System, look: Look) -> Drawn:
    from reflect.exports.figures.travels_lines import movement_view
    from reflect.exports.figures.travels_svg import movement_svg

    found = system.movement()
    return Drawn(found, movement_view(found, system.newest_shared(), look.note_of), lambda: movement_svg(found))


DRAWINGS = {
    each.name: each
    for each in (
        Drawing("circles", "the three circles, and what pulls against our core", _circles),
        Drawing("channels", "channels of learning, the stuck ones first", _channels),
        Drawing("movement", "findings carried from one community to another", _movement),
        Drawing("versions", "how a core or a definition of leadership changed", _versions, "a core or a definition"),
        Drawing("lineage", "an example and the versions made of it", _lineage, "an approximation or an example"),
        Drawing("spiral", "a finding level by level, and what came of it", _spiral, "a finding"),
    )
}


def drawings_of(kind: str, is_example: bool, has_versions: bool) -> list[Drawing]:
    """Return what can be drawn of one record of a kind."""
    names = ["lineage"] * (kind == "approximation" or is_example)
    names += ["versions"] * has_versions + ["spiral"] * (kind == "finding")
    return [DRAWINGS[name] for name in names]
