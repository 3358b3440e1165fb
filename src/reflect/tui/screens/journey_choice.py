"""Choosing a journey for an agenda, and setting what the agenda says of it; both can be taken back."""

from __future__ import annotations

from collections.abc import Mapping

from textual import work

from reflect.records.yaml_block import Value
from reflect.tui import places
from reflect.tui.messages import Done
from reflect.tui.screens.desk_screen import DeskScreen

NONE = "none"


class JourneyChoice(DeskScreen):
    """A screen on which an agenda gets a journey."""

    def choose_journey(self, path: str) -> None:
        """Ask which journey the agenda at a path is to follow."""
        self._find_journeys(path)

    @work(thread=True, exclusive=True, exit_on_error=False, group="journeys")
    def _find_journeys(self, path: str) -> None:
        workspace = self.workspace
        agenda = workspace.agenda_row(path)
        found, _ = workspace.practice.journeys(agenda.place)
        lang = workspace.lang
        named = [(each.name, f"{each.thing.shown_title(lang)}: {len(each.thing.stages)} stages") for each in found]
        self.app.call_from_thread(self._ask_for_journey, path, agenda.text_of("journey"), named)

    def _ask_for_journey(self, path: str, before: str, named: list[tuple[str, str]]) -> None:
        choices = [*named, *([(NONE, "No journey")] if before else [])][:9]

        def answer(number: str | None) -> None:
            if number is not None:
                name = choices[int(number) - 1][0]
                says = "The agenda follows no journey now." if name == NONE else "The agenda follows this journey now."
                wanted: Mapping[str, Value | None] = {"journey": None if name == NONE else name}
                self.set_on_agenda(path, wanted, {"journey": before or None}, says)

        if self.is_current:
            self.app.push_screen(places.choose_journey([says for _, says in choices]), answer)

    def set_on_agenda(
        self, path: str, values: Mapping[str, Value | None], before: Mapping[str, Value | None], says: str
    ) -> None:
        """Set fields of an agenda, and say so; to take it back sets them as they were."""
        self._set(path, values, before, says)

    @work(thread=True, exclusive=True, exit_on_error=False, group="change")
    def _set(
        self, path: str, values: Mapping[str, Value | None], before: Mapping[str, Value | None], says: str
    ) -> None:
        workspace = self.workspace

        def set_back() -> str:
            workspace.change(path, before, {})
            workspace.refresh()
            return "It is as it was."

        workspace.change(path, values, {})
        workspace.refresh()
        self.post_message(Done(says, set_back))
