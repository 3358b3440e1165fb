"""The side panel of a record being written: the hint of the section, and the fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Button, Static

from reflect.tui.widgets.field_row import FieldRow, FieldSpec
from reflect.tui.words import plain


class Form(VerticalScroll):
    """The fields of a kind: six at first, the rest behind *more*."""

    can_focus = False
    DEFAULT_CSS = """
    Form {
        width: 34; padding: 0 1 0 2; scrollbar-size-vertical: 1;
        & > #hint { height: auto; color: $text-muted; margin-bottom: 1; }
        & > #first, & > #more { height: auto; }
        & > #more { display: none; }
        &.-more > #more { display: block; }
        & > #show-more { border: none; height: 1; min-width: 8; padding: 0; background: $background;
            color: $text-muted; margin-bottom: 1; text-align: left; }
        & > #show-more:focus { color: $text-accent; text-style: underline; }
        & > #private { height: auto; color: $text-muted; }
    }
    """

    def compose(self) -> ComposeResult:
        """Lay the panel out, still empty."""
        yield Static("", id="hint", markup=False)
        yield Vertical(id="first")
        yield Button("more fields", id="show-more", compact=True)
        yield Vertical(id="more")
        yield Static("", id="private", markup=False)

    async def show(
        self, first: Sequence[FieldSpec], more: Sequence[FieldSpec], texts_of: Callable[[str], list[str]], private: str
    ) -> None:
        """Show these fields with what stands in them."""
        await self.query_one("#first").remove_children()
        await self.query_one("#more").remove_children()
        await self.query_one("#first").mount_all(FieldRow(spec, texts_of(spec.name)) for spec in first)
        await self.query_one("#more").mount_all(FieldRow(spec, texts_of(spec.name)) for spec in more)
        self.query_one("#show-more").display = bool(more)
        self.query_one("#private", Static).update(plain(private))

    def show_hint(self, text: str) -> None:
        """Show what is meant by the section one writes in."""
        self.query_one("#hint", Static).update(plain(text))

    def row(self, name: str) -> FieldRow | None:
        """Return the row of a field."""
        return next((row for row in self.query(FieldRow) if row.spec.name == name), None)

    @on(Button.Pressed, "#show-more")
    def toggle_more(self, event: Button.Pressed) -> None:
        """Show the other fields, or hide them."""
        event.stop()
        self.toggle_class("-more")
        event.button.label = "fewer fields" if self.has_class("-more") else "more fields"
