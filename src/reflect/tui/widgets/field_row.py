"""One field of a form: its label, what it is filled in with, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Select, Static, TextArea

from reflect.tui.widgets.choice_list import ChoiceList
from reflect.tui.widgets.line import LastOfList, Line
from reflect.tui.words import plain, plain_line


@dataclass(frozen=True)
class FieldSpec:
    """A field as a form shows it. `choices` are (label, value); `shape` is how it is filled in."""

    name: str
    label: str
    shape: str
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[str, ...] = ()


class FieldRow(Vertical):
    """Shows a field; says `Edited` when it was changed, with the texts that stand in it."""

    DEFAULT_CSS = """
    FieldRow {
        height: auto; margin-bottom: 1;
        & > .label { color: $text-muted; height: auto; }
        &:focus-within > .label { color: $text-accent; }
        & > .help { display: none; color: $text-muted; height: auto; }
        &:focus-within > .help { display: block; }
        & > .trouble { display: none; color: $text-error; height: auto; }
        &.-wrong > .trouble { display: block; }
        & > .guess { display: none; color: $text-success; height: auto; }
        &.-guessed > .guess { display: block; }
        & Input, & Select, & ChoiceList, & TextArea { width: 1fr; border: none; padding: 0 1; background: $panel; }
        & Input { height: 1; }
        & ChoiceList, & Select { padding: 0; }
        & TextArea { height: 4; }
    }
    """

    class Edited(Message):
        """The field was changed by a person."""

        def __init__(self, row: FieldRow, texts: list[str]) -> None:
            super().__init__()
            self.row = row
            self.texts = texts

    def __init__(self, spec: FieldSpec, texts: Sequence[str]) -> None:
        super().__init__()
        self.spec = spec
        self._given = list(texts)
        self._texts = self._as_shown()

    def compose(self) -> ComposeResult:
        """Lay the field out."""
        yield Static(plain_line(self.spec.label), classes="label")
        yield self._control()
        yield Static(plain(self.spec.help), classes="help")
        yield Static("", classes="trouble", markup=False)
        yield Static("", classes="guess", markup=False)

    def show_trouble(self, sentence: str) -> None:
        """Say what is wrong with what stands there, `""` for nothing."""
        self.set_class(bool(sentence), "-wrong")
        self.query_one(".trouble", Static).update(plain(sentence))

    def show_guess(self, text: str) -> None:
        """Say what the words were taken for, `""` for nothing."""
        self.set_class(bool(text), "-guessed")
        self.query_one(".guess", Static).update(plain_line(f"= {text}") if text else plain(""))

    def put(self, texts: Sequence[str]) -> None:
        """Put texts into a line in place of what stands there, as if they had always been there."""
        control = self.children[1]
        if isinstance(control, Input):
            with self.prevent(Input.Changed):
                control.value = ", ".join(texts)
            self._texts = self.texts()

    def _control(self) -> Widget:
        spec, texts = self.spec, self._given
        if spec.shape == "choice":
            return self._select(texts[0] if texts else "")
        if spec.shape == "choices":
            known = {value for _, value in spec.choices}
            choices = [*spec.choices, *((each, each) for each in texts if each not in known)]
            return ChoiceList(choices, texts)
        if spec.shape == "long-text":
            area = TextArea("\n".join(texts), soft_wrap=True, tab_behavior="focus", compact=True)
            area.cursor_blink = False
            return area
        suggester = LastOfList(spec.suggestions) if spec.suggestions else None
        return Line(", ".join(texts), suggester=suggester)

    def _select(self, value: str) -> Widget:
        choices = list(self.spec.choices)
        if value and value not in [each for _, each in choices]:
            choices.append((value, value))
        options = [(plain_line(label), each) for label, each in choices]
        return Select(options, prompt="–", value=value or Select.NULL, compact=True)

    @on(Input.Changed)
    @on(Select.Changed)
    @on(ChoiceList.Changed)
    @on(TextArea.Changed)
    def tell(self, event: Message) -> None:
        """Say what stands there now, when it differs from what was there."""
        event.stop()
        texts = self.texts()
        if texts != self._texts:
            self._texts = texts
            self.post_message(self.Edited(self, texts))

    def texts(self) -> list[str]:
        """Return what stands there."""
        control = self.children[1]
        if isinstance(control, Select):
            return [] if control.is_blank() else [str(control.value)]
        if isinstance(control, ChoiceList):
            return self._in_order(list(control.chosen))
        text = control.text if isinstance(control, TextArea) else control.value if isinstance(control, Input) else ""
        return [text] if text.strip() else []

    def _as_shown(self) -> list[str]:
        """Return what was given as `texts` says it, so that showing it is no edit."""
        given = self._given
        if self.spec.shape == "choices":
            return self._in_order(given)
        if self.spec.shape == "choice":
            return given[:1]
        joined = ("\n" if self.spec.shape == "long-text" else ", ").join(given)
        return [joined] if joined.strip() else []

    def _in_order(self, chosen: Sequence[str]) -> list[str]:
        known = [value for _, value in self.spec.choices]
        return [value for value in known if value in chosen] + sorted(set(chosen) - set(known))
