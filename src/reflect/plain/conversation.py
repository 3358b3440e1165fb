"""The conversation: a prompt, a line, an answer. What is said are the words of the command line."""

from __future__ import annotations

from pathlib import Path

import click

from reflect.cli.group import COMMANDS, neighbors, root
from reflect.cli.main import words_of
from reflect.context import Context
from reflect.errors import NoVault, ReflectError
from reflect.paths import MARKER
from reflect.plain import words as said
from reflect.plain.begin import begin
from reflect.plain.references import WHAT, with_numbers_of_options, with_references
from reflect.plain.rows import Item, Line
from reflect.plain.session import PlainSession
from reflect.plain.shelf import Shelf, is_alone
from reflect.plain.spoken import Answer, Speaker
from reflect.plain.terminal import Ended, EndOfInput, Stopped, Terminal, ends_are_met
from reflect.records.textforms import folded, one_line
from reflect.workspace import Workspace

# What shows something that one can come back to.
SHOWING = ("today", "list", "search", "agenda", "show", "history", "diff", "drafts", "loop", "kinds", "insights")
IN_AGENDA = ("question", "activity", "finding", "decision", "wondering")
# What asks part by part, where the command line would open an editor.
ASKING = (*said.TEXTS, "edit", "drafts")
QUIT = ("quit", "q", "exit")


def converse(context: Context, vault: str = "", folder: Path | None = None) -> int:
    """Talk until the person leaves, and return the exit code; without a journal, the welcome comes first."""
    named = folder or context.vault_root(vault or None)
    if vault and not (named / MARKER).exists():
        raise NoVault(f"There is no journal in {named}.", f"To begin one there, run: reflect init '{named}'")
    terminal = Terminal(context.environment)
    with ends_are_met():
        try:
            if not (named / MARKER).exists():
                named = begin(context, terminal, named)
            return Conversation(Workspace.open(context, named), str(named), terminal).run()
        except (EndOfInput, Stopped, KeyboardInterrupt):
            return 0
        except OSError:
            # The terminal has gone; what was typed is among the drafts.
            return 1
        except Ended as end:
            return 128 + end.number


class Conversation:
    """Takes lines and answers them."""

    def __init__(self, workspace: Workspace, vault: str, terminal: Terminal) -> None:
        self._workspace = workspace
        self._vault = vault
        self._terminal = terminal
        self._shelf = Shelf(terminal.say)
        self._shown: list[list[str]] = []
        self._goes_on: list[str] = []
        self._record: Item | None = None
        self._agenda = ""
        self._prompt = 0

    def run(self) -> int:
        """Begin with Today, and go on until the person leaves."""
        self._terminal.say("reflect, in lines of text. help says what you can say, quit leaves.")
        self._answer("today")
        while True:
            try:
                line = self._terminal.ask("What next? ", is_command=True)
            except Stopped:
                self._terminal.say("To leave, say quit.")
                continue
            except EndOfInput:
                return 0
            if folded(line) in QUIT:
                self._terminal.say("Goodbye.")
                return 0
            self._answer(line)

    def _answer(self, line: str) -> None:
        """Answer one line; whatever goes wrong becomes a sentence."""
        try:
            self._take(line)
        except (Stopped, KeyboardInterrupt):
            self._terminal.say("Stopped.")
        except EndOfInput:
            # The next prompt finds out whether there is more to come.
            return
        except ReflectError as error:
            self._terminal.say(said.as_said_here(one_line(str(error))))

    def _take(self, line: str) -> None:
        found = said.split(line)
        if not found:
            self._go_on_or_help()
            return
        name, rest = folded(found[0]), found[1:]
        if is_alone(name) and not rest:
            self._open(self._shelf.item(int(name.rstrip("."))))
        elif name in ("next", "more"):
            self._next()
        elif name in ("help", "?"):
            self._help(rest)
        elif name == "back":
            self._back()
        elif name == "another":
            self._another()
        elif name in ("open", "discard"):
            self._with_item(name, rest)
        else:
            self._command(name, rest, line)

    def _go_on_or_help(self) -> None:
        if self._shelf.has_more:
            self._next()
        else:
            self._help([])

    # Commands

    def _command(self, name: str, rest: list[str], line: str) -> None:
        names = [each for commands in COMMANDS.values() for each in commands]
        if "--help" in rest or "-h" in rest:
            self._help([name, *rest])
        elif name == "demo":
            self._terminal.say("To look at the demo, leave, then run: reflect demo --plain")
        elif any(word.startswith("--vault") for word in rest):
            self._terminal.say("For another journal, leave, then run: reflect --plain --vault DIR")
        elif name == "new" and not rest:
            self._terminal.say("Of which kind? Say new and a kind, or the number of one.")
            self._dispatch(["kinds"])
        elif name in said.TEXTS:
            self._write(name, rest, line)
        elif name == "list" and rest and self._workspace.kinds.find(rest[0]) is not None:
            self._dispatch(["list", "--kind", *with_numbers_of_options(self._shelf, rest)])
        elif name in names:
            self._dispatch([name, *with_references(self._shelf, self._record, name, rest)])
        elif self._workspace.kinds.find(name) is not None:
            self._write("new", [name, *rest], f"new {line}")
        else:
            self._unknown(name, line)

    def _unknown(self, name: str, line: str) -> None:
        names = dict.fromkeys([*said.all_names(), *(kind.name for kind in self._workspace.kinds.all())])
        near = neighbors(name, list(names))
        self._terminal.say(f"There is no word “{one_line(name)}” here.{near} help says what there is.")
        if len(line.split()) > 3:
            self._terminal.say("Nothing was written. To write it down, say write and then your text.")

    def _write(self, name: str, rest: list[str], line: str) -> None:
        """Write what stands on the line, or ask for it part by part."""
        heads = [name, *rest[:1]] if name == "new" else [name]
        after = rest[1:] if name == "new" else rest
        if name == "write" and len(after) == 1 and is_alone(after[0]):
            self._open(self._shelf.item(int(after[0].rstrip("."))))
            return
        kind = self._workspace.kinds.find(heads[-1])
        if self._agenda and kind is not None and kind.name in IN_AGENDA and not {"--agenda", "-a"} & set(after):
            heads += ["--agenda", self._agenda]
        if said.has_options(after):
            self._dispatch([*heads, *with_numbers_of_options(self._shelf, (each for each in after if each != "-"))])
            return
        text = line.strip().split(maxsplit=2 if name == "new" else 1)
        given = text[-1].strip() if len(text) == (3 if name == "new" else 2) else ""
        # A lone dash would mean standard input, which is the conversation itself.
        self._dispatch([*heads, *(["--", given] if given not in ("", "-") else [])])

    def _dispatch(self, words: list[str], goes_on: bool = False, is_back: bool = False) -> None:
        """Run a command of the command line, and say its answer."""
        session = PlainSession(self._workspace, self._vault, self._terminal)
        is_done = self._run(words, session)
        session.say_notices()
        if session.record is not None:
            self._record = session.record
        answer = session.answered
        if is_done and words[0] in SHOWING and not goes_on:
            if not is_back and (not self._shown or self._shown[-1] != words):
                self._shown.append(words)
            if words[0] != "show":
                self._agenda = answer.record.ref if words[0] == "agenda" and answer and answer.record else ""
        if answer is not None:
            self._goes_on = words if session.goes_on else []
            self._shelf.show(answer, goes_on)
            if session.goes_on and not self._shelf.has_more:
                self._terminal.say("There are more. Say next.")

    def _run(self, words: list[str], session: PlainSession) -> bool:
        """Run a command and say whether it did what was asked."""
        try:
            with root.make_context("reflect", words, obj=session) as context:
                root.invoke(context)
        except (Stopped, EndOfInput, BrokenPipeError):
            raise
        except click.exceptions.Exit:
            return True
        except Exception as error:  # noqa: BLE001 - as on the command line: every failure becomes a sentence
            message, hint, _ = words_of(error)
            session.fail(message, hint)
            return False
        return True

    # Words of the conversation itself

    def _open(self, item: Item) -> None:
        """Open what a line stands for."""
        self._dispatch(
            {
                "record": ["show", item.ref],
                "draft": ["drafts", "open", item.ref],
                "prompt": ["write", "--lens", item.ref, "--set", f"prompt={item.more}"],
                "state": ["show", item.ref, "--at", item.more],
                "kind": ["new", item.ref],
            }[item.what]
        )

    def _with_item(self, name: str, rest: list[str]) -> None:
        if len(rest) != 1 or not is_alone(rest[0]):
            self._terminal.say(f"Say {name} and the number of a line, such as {name} 2.")
            return
        item = self._shelf.item(int(rest[0].rstrip(".")))
        if name == "open":
            self._open(item)
        elif item.what == "draft":
            self._dispatch(["drafts", "discard", item.ref])
        else:
            self._terminal.say(f"That line is a {WHAT[item.what]}. Only drafts are thrown away; a record: delete.")

    def _next(self) -> None:
        if self._shelf.has_more:
            self._shelf.next()
            if self._goes_on and not self._shelf.has_more:
                self._terminal.say("There are more. Say next.")
        elif self._goes_on:
            words = [each for each in self._goes_on if not each.startswith("--offset=")]
            self._dispatch([*words, f"--offset={self._shelf.count_of_list}"], goes_on=True)
        else:
            self._terminal.say("That was all.")

    def _back(self) -> None:
        if len(self._shown) < 2:
            self._terminal.say("There is nothing before this.")
            return
        self._shown.pop()
        self._dispatch(self._shown[-1], is_back=True)

    def _another(self) -> None:
        """Say another question to start from."""
        from reflect.cli.shapes import prompt_shape

        prompts = self._workspace.today().prompts
        if not prompts:
            self._terminal.say("There is no other question.")
            return
        self._prompt = (self._prompt + 1) % len(prompts)
        session = PlainSession(self._workspace, self._vault, self._terminal)
        line = Speaker(session).prompt(prompt_shape(prompts[self._prompt]))
        old = self._shelf.first("prompt")
        if old is None or line.item is None:
            self._shelf.show(Answer([line]))
        else:
            self._terminal.say(f"{self._shelf.change(old, line.item)}. {line.text}")

    def _help(self, rest: list[str]) -> None:
        names = [each for commands in COMMANDS.values() for each in commands]
        words = [each for each in rest if not each.startswith("-")]
        if not words or words[0] not in names:
            for line in said.HELP.split("\n"):
                self._terminal.say(line)
            return
        session = PlainSession(self._workspace, self._vault, self._terminal)
        with click.Context(root, info_name="reflect", obj=session) as above:
            command = root.get_command(above, words[0])
            if command is not None:
                with command.make_context(words[0], words[1:], parent=above, resilient_parsing=True) as context:
                    text = said.as_said_here(command.get_help(context))
                asks = ["Without a text or options, you are asked part by part."] if words[0] in ASKING else []
                lines = [Line(each) for each in [*asks, *text.split("\n")]]
                self._shelf.show(Answer(lines, is_beside=True))
