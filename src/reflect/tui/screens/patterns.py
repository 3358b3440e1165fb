"""The Patterns place: what the records show when they are counted, each with its question. Private, all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from reflect.insights.patterns.period import CHOICES, Period, period
from reflect.tui import places
from reflect.tui.keys import bindings
from reflect.tui.pattern_lines import OFFER, PART, figure_items, pattern_items
from reflect.tui.screens.desk_screen import WIDE
from reflect.tui.screens.loop_screen import LoopScreen
from reflect.tui.widgets.item_list import ItemList

if TYPE_CHECKING:
    from reflect.insights.patterns.figures import Offer, Part, Seen

EMPTY = """Patterns show what your own records say when they are seen together: which strategies you practice and \
which you do not, toward whom in power you call in, what waits, which words come and go. Each ends in a \
question. They are counted on this computer, for you alone; nothing is scored, and nothing is sent.

They come with what you write. n begins something, for example a reflection."""
# In two panes, the list has this part of the width, and no more than that.
PART_OF_WIDTH, WIDEST_LIST = 0.42, 64


class PatternsScreen(LoopScreen):
    """The patterns at the left, one with its figure at the right; in a narrow terminal below."""

    CSS_PATH = "patterns.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("patterns")
    place = "patterns"

    names = query_one("#patterns", ItemList)
    figure = query_one("#figure", ItemList)

    class Loaded(Message):
        """The patterns are here, over this period."""

        def __init__(self, patterns: Sequence[Seen], period: Period) -> None:
            super().__init__()
            self.patterns = patterns
            self.period = period

    def __init__(self) -> None:
        super().__init__()
        self._patterns: Sequence[Seen] = ()
        self._wanted = CHOICES[0]
        self._period: Period | None = None

    def body(self) -> Iterable[Widget]:
        """Return the list and the figure."""
        yield Horizontal(ItemList(id="patterns", is_menu=False), ItemList(id="figure", is_menu=False), id="columns")
        yield Static(EMPTY, id="empty", markup=False)

    def arrive(self) -> None:
        """Say where one is."""
        self._show_where()
        self.names.focus()

    def load(self) -> None:
        """Count anew."""
        self._load(self._wanted)

    @work(thread=True, exclusive=True, exit_on_error=False, group="load")
    def _load(self, wanted: str) -> None:
        workspace = self.workspace
        chosen = period(wanted, workspace.context.now().date(), workspace.school())
        self.post_message(self.Loaded(workspace.patterns(period=chosen), chosen))

    @on(Loaded)
    def show(self, event: Loaded) -> None:
        """Show the patterns, or what they are."""
        self._patterns, self._period = event.patterns, event.period
        has_some = any(seen.is_shown for seen in event.patterns)
        empty = self.query_one("#empty", Static)
        empty.display, self.query_one("#columns").display = not has_some, has_some
        empty.update(EMPTY if self.desk.refresher.has_read else "Reading your journal …")
        self._show_where()
        self._show_lists()

    def resized(self) -> None:
        """Lay the panes out anew."""
        self._show_lists()

    @on(ItemList.Highlighted, "#patterns")
    def show_figure(self, event: ItemList.Highlighted) -> None:
        """Show the pattern under the cursor."""
        event.stop()
        self._show_figure()

    def on_virtual_list_chosen(self, event: ItemList.Chosen) -> None:
        """Go into the figure, to the records behind a line of it, or to what it offers."""
        if event.list is self.names:
            self.figure.focus()
            return
        what, *rest = self.figure.key_of_line(event.index) or ("",)
        if what == OFFER:
            self.begin(self._offers()[int(rest[0])])
        elif what == PART:
            self._open(self._parts()[int(rest[0])])

    def action_pane(self) -> None:
        """Go from the list to the figure, and back."""
        (self.figure if self.names.has_focus else self.names).focus()

    def action_back(self) -> None:
        """Go back from the figure to the list."""
        if self.figure.has_focus:
            self.names.focus()
        else:
            super().action_back()

    def action_period(self) -> None:
        """Look over another period."""
        self._wanted = CHOICES[(CHOICES.index(self._wanted) + 1) % len(CHOICES)]
        self._show_where()
        self.load()

    def action_write(self) -> None:
        """Begin what the line under the cursor offers, else what the pattern does."""
        part = self._part()
        offers = part.offers if part is not None and part.offers else self._offers()
        if offers:
            self.begin_one_of(offers)
        else:
            self.tell("This pattern asks nothing now. n begins something else.")

    def action_drawn(self) -> None:
        """Choose one of the drawings that are of no single record."""
        from reflect.exports.figures.drawings import DRAWINGS

        names = [name for name, drawing in DRAWINGS.items() if not drawing.about]

        def draw(answer: str | None) -> None:
            if answer is not None:
                self.app.push_screen(places.view(names[int(answer) - 1]))

        self.app.push_screen(places.choose_drawing([DRAWINGS[name].title for name in names]), draw)

    def _open(self, part: Part) -> None:
        seen = self._seen()
        if part.ref:
            self.app.push_screen(places.reader(part.ref))
        elif part.rowids and seen is not None:
            self.app.push_screen(places.records_behind(f"{seen.pattern.title} › {part.label}", part.rowids))
        else:
            self.tell("There is no record behind this line.")

    def _seen(self) -> Seen | None:
        key = self.names.key
        return next((seen for seen in self._patterns if (seen.pattern.name,) == key), None)

    def _parts(self) -> Sequence[Part]:
        seen = self._seen()
        return seen.found.figure.parts if seen else ()

    def _offers(self) -> Sequence[Offer]:
        seen = self._seen()
        return seen.found.offers if seen else ()

    def _part(self) -> Part | None:
        what, *rest = (self.figure.key if self.figure.has_focus else ()) or ("",)
        return self._parts()[int(rest[0])] if what == PART else None

    def _show_where(self) -> None:
        self.title_line.where = Content.assemble("Patterns", (f" · {self._wanted}", "not bold $text-muted"))

    def _show_lists(self) -> None:
        is_wide = self.room >= WIDE
        width = min(WIDEST_LIST, int(self.room * PART_OF_WIDTH))
        self.names.styles.width = width if is_wide else "1fr"
        self.names.show(pattern_items(self._patterns, has_lines=is_wide))
        self._show_figure()

    def _show_figure(self) -> None:
        seen = self._seen()
        if seen is None or self._period is None:
            return
        is_wide = self.room >= WIDE
        width = self.room - (min(WIDEST_LIST, int(self.room * PART_OF_WIDTH)) + 4 if is_wide else 2)
        key = self.desk.key_of("patterns.write")
        self.figure.show(figure_items(seen, self._period, key, width))
        if not self.figure.has_focus:
            self.figure.action_first()
            self.figure.scroll_home(animate=False)
