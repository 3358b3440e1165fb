"""The welcome: a name, a folder, what stays private. One key begins."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from reflect.tui.keys import bindings
from reflect.tui.screens.desk_screen import DeskScreen
from reflect.tui.widgets.line import Line
from reflect.tui.words import plain

WHAT = "A private place to look at your own leadership, to prepare hard conversations, and to keep learning agendas."
PRIVATE = (
    "Everything you write is a plain text file in this folder, on this computer. Nothing leaves it unless you share "
    "it, after a review that shows exactly what goes. Whoever can open this computer can open the files: turn on "
    "the encryption of its disk."
)


class WelcomeScreen(DeskScreen):
    """Asks what a journal needs, and makes it."""

    CSS_PATH = "welcome.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("welcome")
    shows_places = False

    class Begun(Message):
        """The journal was made."""

        def __init__(self, root: Path) -> None:
            super().__init__()
            self.root = root

    class Checked(Message):
        """What is to be known of a folder."""

        def __init__(self, advice: str) -> None:
            super().__init__()
            self.advice = advice

    def body(self) -> Iterable[Widget]:
        """Return the page."""
        page = VerticalScroll(
            Static("reflect", id="name-of-it"),
            Static(WHAT, classes="text", markup=False),
            Static("Your name, as it stands beside what you write", classes="label", markup=False),
            Line(id="name", placeholder="Ana Rivera"),
            Static("The folder of your journal", classes="label", markup=False),
            Line(str(self.desk.root), id="folder"),
            Static("", id="advice", markup=False),
            Static(PRIVATE, classes="text", markup=False),
            Button("Begin   enter", id="begin", compact=True),
            Static("", id="trouble", markup=False),
            id="page",
        )
        yield Horizontal(page, id="middle")

    def arrive(self) -> None:
        """Begin with the name."""
        self.title_line.where = Content("Welcome")
        self.query_one("#page").can_focus = False
        self.query_one("#name", Input).focus()

    def action_back(self) -> None:
        """There is nothing behind this."""

    @on(Input.Changed, "#folder")
    def look_at_folder(self, event: Input.Changed) -> None:
        """See whether the folder is copied elsewhere."""
        self.check(event.value)

    @work(thread=True, exclusive=True, exit_on_error=False, group="check")
    def check(self, folder: str) -> None:
        """Look whether a service copies the folder."""
        from reflect.vault.synced import advice, synced_folder

        service = synced_folder(Path(folder).expanduser()) if folder.strip() else ""
        self.post_message(self.Checked(advice(service) if service else ""))

    @on(Checked)
    def show_advice(self, event: Checked) -> None:
        """Say what keeping a journal there means."""
        advice = self.query_one("#advice", Static)
        advice.update(plain(event.advice))
        advice.display = bool(event.advice)

    @on(Input.Submitted)
    @on(Button.Pressed)
    def begin(self) -> None:
        """Make the journal."""
        folder = self.query_one("#folder", Input).value.strip()
        if not folder:
            self.failed("make", "Say first in which folder your journal is to be kept.")
            return
        self.make(Path(folder).expanduser().absolute(), self.query_one("#name", Input).value)

    @work(thread=True, exclusive=True, exit_on_error=False, group="make")
    def make(self, root: Path, name: str) -> None:
        """Make the journal, and remember the folder when another one was chosen."""
        from reflect.settings import write_setting
        from reflect.vault.vault import make_vault

        context = self.desk.context
        make_vault(root, name, "en", context.now(), context.randomness(18))
        if root not in (self.desk.root, context.vault_root()):
            write_setting(context.places.settings, "vault", str(root))
        self.post_message(self.Begun(root))

    @on(Begun)
    def go_on(self, event: Begun) -> None:
        """Go to Today."""
        self.desk.begin(event.root)

    def failed(self, group: str, sentence: str) -> None:
        """Say here what did not work; what was typed stays."""
        self.query_one("#trouble", Static).update(plain(sentence))
