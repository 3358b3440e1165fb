"""What all screens have in common: title line, foot line, fresh data, and failures told as sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import Worker

from reflect.errors import NotFound
from reflect.tui.keys import bindings, shown_key
from reflect.tui.spoken import READER
from reflect.tui.troubles import failure_of, sentence_of
from reflect.tui.widgets.foot_line import FootLine, Hint
from reflect.tui.widgets.title_line import TitleLine
from reflect.tui.words import long_day, plain

if TYPE_CHECKING:
    from reflect.tui.app import ReflectApp
    from reflect.workspace import Workspace

# The same everywhere, so they stand at the end of the last line.
EVERYWHERE = ("new", "search", "sync", "keys")
PLACES = ("place('today')", "place('journal')", "place('agendas')", "place('community')", "place('patterns')")

# From so many columns on, panes stand side by side.
WIDE = 100


class DeskScreen(Screen[None]):
    """A screen over the workspace. `load` fetches in a worker what is shown, and again when it changed."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("screen")
    AUTO_FOCUS = ""
    place = ""
    # Whether it has nothing to show once what it was opened for cannot be read.
    is_left_when_gone = False
    shows_places = True
    # Whether it may stand on a screen that others look at.
    for_meetings = False

    title_line = query_one(TitleLine)
    foot_line = query_one(FootLine)

    def __init__(self) -> None:
        super().__init__()
        self._loaded = -1

    @property
    def desk(self) -> ReflectApp:
        """The app."""
        return cast("ReflectApp", self.app)

    @property
    def workspace(self) -> Workspace:
        """The journal; only workers touch it."""
        return self.desk.workspace

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield TitleLine()
        yield from self.body()
        yield FootLine()
        yield Static(plain(""), id="too-small", markup=False)

    def body(self) -> Iterable[Widget]:
        """Return what stands between the title and the foot."""
        return ()

    def load(self) -> None:
        """Fetch in a worker what is shown here."""

    def on_mount(self) -> None:
        """Show where one is, and fetch the rest."""
        self.title_line.note = Content(long_day(self.desk.now().date()))
        self.bindings_updated_signal.subscribe(self, self._show_keys)
        self.arrive()
        # The frame comes first: a worker that imports would hold it up. The very first one, the app waits for.
        if self.desk.has_drawn:
            self.call_after_refresh(self.reload)

    def on_screen_resume(self) -> None:
        """Show again what changed while another screen was in front."""
        self.show_work()
        if self._loaded not in (-1, self.desk.generation):
            self.reload()

    def show_work(self) -> None:
        """Show how far long work of the app has come, and a quiet word where the last sync did not reach all."""
        word = self.desk.syncer.word if self.shows_places and self.place != "report" else ""
        key = self.desk.key_of("everywhere.report") if word else ""
        # A screen that was opened this moment has no title line yet; it asks when it has.
        for line in self.query(TitleLine):
            line.progress = self.desk.reading
            line.aside = Content.assemble((key, "$text-accent"), f" {word}") if word else Content("")

    def reload(self) -> None:
        """Fetch again what is shown."""
        self._loaded = self.desk.generation
        self.load()

    def arrive(self) -> None:
        """Say where one is, and give the keys to what is used first."""

    @property
    def room(self) -> int:
        """How many columns there are to lay out; in reader mode one pane stands at a time, however wide."""
        return min(self.app.size.width, WIDE - 1) if READER.is_on else self.app.size.width

    def resized(self) -> None:
        """Do what another width asks for."""

    def on_resize(self) -> None:
        """Say what the screen needs when the terminal is too small for it."""
        self.resized()
        size = self.app.size
        words = f"reflect needs 60 × 15 characters.\nThis window has {size.width} × {size.height}.\nYour text is kept."
        self.query_one("#too-small", Static).update(plain(words))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer in the meeting view only what shows nothing private."""
        return self.desk.meeting.allows(action)

    def action_back(self) -> None:
        """Go back to where one was; in a place itself, stop what takes long."""
        if len(self.app.screen_stack) > 1:
            self.app.pop_screen()
        elif self.desk.syncer.stop():
            self.tell("The sync was stopped. What came so far stays; the next one goes on.")
        elif self.desk.reading is not None and self.desk.refresher.stop():
            again = self.desk.key_of("everywhere.look")
            self.tell(f"The reading was stopped. What was read so far is in the lists; {again} goes on.")

    def tell(self, sentence: str, severity: str = "information") -> None:
        """Say something in a toast."""
        self.desk.tell(sentence, severity)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say why a worker failed."""
        error = failure_of(event)
        if error is not None:
            self.failed(event.worker.group, sentence_of(error))
        if isinstance(error, NotFound):
            self.desk.refresher.look_closely()

    def failed(self, group: str, sentence: str) -> None:
        """Say that something did not work, and leave where nothing is to be shown; `group` is the worker's."""
        self.tell(sentence, "error")
        if self.is_left_when_gone and group == "load" and self.is_current:
            self.action_back()

    def _show_keys(self, _: Screen[object]) -> None:
        if not self.is_attached or self.app.screen is not self:
            return
        here: list[Hint] = []
        found: dict[str, Hint] = {}
        for active in self.active_bindings.values():
            binding = active.binding
            if not binding.show or not active.enabled or binding.action in found:
                continue
            hint = Hint(
                binding.key, shown_key(binding.key), binding.description, binding.action == f"place('{self.place}')"
            )
            found[binding.action] = hint
            if binding.action not in EVERYWHERE + PLACES:
                here.append(hint)
        self.foot_line.here = here
        if self.shows_places:
            self.foot_line.places = [found[each] for each in PLACES if each in found]
            self.foot_line.everywhere = [found[each] for each in EVERYWHERE if each in found]
