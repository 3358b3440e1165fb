"""Why a peer's record matters in another community, and to which agenda there it belongs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Select, Static

from reflect.records.query import Filters
from reflect.tui.dialogs.dialog import Dialog
from reflect.tui.widgets.line import Line
from reflect.tui.words import plain, plain_line

NO_WORDS = "Say why it matters there; it stands above the text."


class CarryDialog(Dialog[tuple[str, str]]):
    """Asks why, and offers the agendas of the other community; returns both, the agenda `""` for none."""

    DEFAULT_CSS = """
    CarryDialog {
        & .sentence, & .trouble, & #agenda { height: auto; margin-bottom: 1; }
        & .trouble { color: $text-error; display: none; }
        & .trouble.-shown { display: block; }
        & #agenda { display: none; margin-top: 1; background: $panel; }
        & #agenda.-shown { display: block; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = []
    foot = "enter see exactly what would stand there   tab agenda   esc back"

    class Known(Message):
        """The agendas of the other community are here, as (title, id)."""

        def __init__(self, agendas: Sequence[tuple[str, str]]) -> None:
            super().__init__()
            self.agendas = agendas

    def __init__(self, title: str, origin: str, community: str, why: str = "", trouble: str = "") -> None:
        super().__init__()
        self.heading = f"Carry “{title}” on to {community}"
        self._says = (
            f"Its text goes along as it is, and says that it comes from {origin}. Whoever wrote it is named only where "
            f"they said so. An answer in {origin} tells that it was carried."
        )
        self._community = community
        self._why = why
        self._trouble = trouble

    def body(self) -> Iterable[Widget]:
        """Return what happens, the line for why, and the agendas."""
        yield Static(plain(self._says), classes="sentence", markup=False)
        yield Static(plain(self._trouble), classes="trouble", markup=False)
        yield Line(self._why, placeholder="Why it matters there", id="why")
        yield Select[str]([], prompt="no agenda", id="agenda", compact=True)

    def on_mount(self) -> None:
        """Begin in the line."""
        self._say(self._trouble)
        self.query_one(Line).focus()
        self.load()

    @work(thread=True, exclusive=True, exit_on_error=False, group="agendas")
    def load(self) -> None:
        """Fetch the agendas that it could belong to there."""
        rows = self.desk.workspace.catalog.rows(Filters(kinds=("agenda",), places=(self._community,)))
        # The level is said, because an agenda of a higher one raises what is carried.
        levels = {row.id: f" ({row.text_of('level')})" if row.text_of("level") else "" for row in rows}
        self.post_message(self.Known([(f"{row.title}{levels[row.id]}", row.id) for row in rows if row.id]))

    @on(Known)
    def offer(self, event: Known) -> None:
        """Offer the agendas, where there are any."""
        agenda = self.query_one("#agenda", Select)
        agenda.set_options((plain_line(title), record_id) for title, record_id in event.agendas)
        agenda.set_class(bool(event.agendas), "-shown")

    @on(Line.Submitted, "#why")
    def answer(self, event: Line.Submitted) -> None:
        """Return why, and the agenda."""
        event.stop()
        why = " ".join(event.value.split())
        if not why:
            self._say(NO_WORDS)
            return
        agenda = self.query_one("#agenda", Select)
        self.dismiss((why, "" if agenda.is_blank() else str(agenda.value)))

    def _say(self, trouble: str) -> None:
        line = self.query_one(".trouble", Static)
        line.update(plain(trouble))
        line.set_class(bool(trouble), "-shown")
