"""The palette: every action that works on a screen, every place, and each kind of record, by its words."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.app import App, SystemCommand
from textual.command import Hit, Hits, Provider
from textual.markup import escape
from textual.screen import Screen

from reflect.tui import places
from reflect.tui.keys import OF_THE_FRAMEWORK, shown_key
from reflect.tui.words import plain_line

if TYPE_CHECKING:
    from reflect.records.kinds import Kind
    from reflect.tui.app import ReflectApp

# An answer is begun from what it answers.
BEGUN_ELSEWHERE = "response"
# Done so seldom that they have no key.
OTHERS = (
    ("Library", "What to watch, read and act out", "library"),
    ("Progressions", "The areas of a rubric, rated over time", "progressions"),
    ("Colors", "Try themes on, and choose one", "colors"),
    ("School calendar", "Your terms and breaks, so that weeks are counted by them", "school"),
    ("Keep a copy of your journal", "On another disk or at a host: a backup, and for other devices", "keep_copy"),
    ("Reader mode", "On or off: for screen readers and Braille displays", "reader"),
)


def commands(app: App[int], screen: Screen[object]) -> Iterable[SystemCommand]:
    """Return the actions of a screen and of the app, each once."""
    seen: set[str] = set()
    for active in screen.active_bindings.values():
        binding = active.binding
        # What moves a cursor is found on the keyboard, not in a list.
        is_action = isinstance(active.node, (Screen, App)) and not binding.system
        is_ours = binding.action.rpartition(".")[2].partition("(")[0] not in OF_THE_FRAMEWORK
        if is_action and is_ours and active.enabled and binding.description and binding.action not in seen:
            seen.add(binding.action)
            run = partial(app.call_later, app.run_action, binding.action, active.node)
            yield SystemCommand(binding.description.capitalize(), escape(f"Key: {shown_key(binding.key)}"), run)
    for title, says, action in OTHERS:
        if f"app.{action}" in seen:
            continue
        yield SystemCommand(title, says, partial(app.call_later, app.run_action, f"app.{action}"))


class KindCommands(Provider):
    """*Write a finding*, and so for every kind, in the agenda that one is in."""

    async def startup(self) -> None:
        """Read the kinds; it takes longer than a key."""
        self._community: str = getattr(self.screen, "community", "")
        self._kinds: list[Kind] = [] if self._desk.meeting.is_on else await asyncio.to_thread(self._read)
        self._there: list[Kind] = await asyncio.to_thread(self._read_there) if self._community else []

    async def search(self, query: str) -> Hits:
        """Yield the kinds whose words match, in the journal and in the community that one is in."""
        matcher = self.matcher(query)
        for place, kind in [*(("", kind) for kind in self._kinds), *((self._community, kind) for kind in self._there)]:
            label = kind.shown_label(self._desk.workspace.lang).lower()
            words = f"Write for {place}: {label}" if place else f"Write: {label}"
            score = matcher.match(words)
            if score > 0:
                # What matched could be made bold, but for that the words would be read as markup.
                write = partial(self._write, kind, place)
                yield Hit(score, plain_line(words), write, words, help=escape(kind.purpose))

    @property
    def _desk(self) -> ReflectApp:
        return cast("ReflectApp", self.app)

    def _read(self) -> list[Kind]:
        return self._desk.workspace.kinds.all()

    def _read_there(self) -> list[Kind]:
        kinds = self._desk.workspace.kinds_in([self._community])[self._community].all()
        return [kind for kind in kinds if kind.may_be_in_a_community and kind.name != BEGUN_ELSEWHERE]

    async def _write(self, kind: Kind, place: str) -> None:
        agenda_id = getattr(self.screen, "agenda_id", "") if place or not self._community else ""
        await self._desk.push_screen(places.beginning(kind.name, agenda_id, place, self._desk.meeting.is_on))
