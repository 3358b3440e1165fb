"""Rating the areas of a rubric one after the other; what is left out is left out."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.widget import Widget

from reflect.insights.progressions import Progressions, Rating
from reflect.records.wording import counted
from reflect.tui import places
from reflect.tui.keys import bindings
from reflect.tui.progression_lines import area_items
from reflect.tui.screens.desk_screen import DeskScreen
from reflect.tui.widgets.item_list import ItemList

EVIDENCE = "What you see there: facts and links, groups and never a person. It stands with the date of today."


class RatingScreen(DeskScreen):
    """One area at a time; it is written when one goes on, also to leave."""

    CSS_PATH = "figure_screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("rating")
    place = "rating"
    crumb = "Rating"

    lines = query_one("#figure", ItemList)

    class Written(Message):
        """What was said of an area is in its progression."""

    def __init__(self, found: Progressions, area: str = "", agenda: str = "") -> None:
        super().__init__()
        self._found = found
        self._agenda = agenda
        slugs = [each.area.slug for each in found.areas]
        self._at = slugs.index(area) if area in slugs else 0
        self._levels: list[int] = []
        self._note = ""
        self._rated: set[str] = set()
        self._waiting = 0
        self._is_leaving = False
        # One progression is looked for and written after the other.
        self._writing = Lock()

    def body(self) -> Iterable[Widget]:
        """Return the lines."""
        yield ItemList(id="figure")

    def arrive(self) -> None:
        """Begin with the first area."""
        self.title_line.where = Content("Rating")
        self._show()
        self.lines.focus()

    def resized(self) -> None:
        """Draw anew for another width."""
        self._show()

    def on_virtual_list_chosen(self, event: ItemList.Chosen) -> None:
        """Take the level, and go on to the next area."""
        self._take(self.lines.key_of_line(event.index))
        self.action_step(1)

    def action_another(self) -> None:
        """Take the level for one who rates, and stay for the next who does."""
        self._take(self.lines.key)
        self._show()

    def action_clear(self) -> None:
        """Take back what was chosen in this area."""
        self._levels = []
        self._show()

    def action_evidence(self) -> None:
        """Ask for what is seen."""

        def take(answer: str | None) -> None:
            self._note = answer if answer is not None else self._note
            self._show()

        area = self._found.areas[self._at].area.shown_title(self.workspace.lang)
        self.app.push_screen(places.ask_line(area, EVIDENCE, self._note), take)

    def action_step(self, step: int) -> None:
        """Write this area down, if anything was said of it, and go to the next or the one before."""
        self._keep()
        if 0 <= self._at + step < len(self._found.areas):
            self._at += step
            self._show()
            self.lines.action_first()
        elif step > 0:
            self._leave()

    def action_back(self) -> None:
        """Write this area down, and leave."""
        self._keep()
        self._leave()

    def _take(self, key: tuple[str, ...]) -> None:
        if key:
            self._levels.append(int(key[1]))

    def _keep(self) -> None:
        if not self._levels and not self._note:
            return
        area, day = self._found.areas[self._at].area, self.desk.now().date().isoformat()
        rating = Rating(self._found.rubric, area, day, tuple(self._levels), self._note, self._agenda)
        self._levels, self._note = [], ""
        self._rated.add(area.slug)
        self._waiting += 1
        self._write(rating)

    @work(thread=True, exit_on_error=False, group="rate")
    def _write(self, rating: Rating) -> None:
        try:
            with self._writing:
                self.workspace.rate(rating)
        finally:
            self.post_message(self.Written())

    @on(Written)
    def written(self) -> None:
        """Leave, if one was waiting for this."""
        self._waiting -= 1
        if self._is_leaving:
            self._leave()

    def _leave(self) -> None:
        self._is_leaving = True
        if self._waiting or not self.is_current:
            return
        self.app.pop_screen()
        if self._rated:
            self.tell(f"{counted(len(self._rated), 'area')} rated today. Each is a progression in your journal.")
            self.desk.changed()

    def _show(self) -> None:
        lang = self.workspace.lang
        self.lines.show(area_items(self._found, self._at, self._levels, self._note, self.room, lang))
