"""Guided writing: part by part, then the fields, then the title. What is typed is a draft at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reflect.errors import ReflectError
from reflect.plain.asking import Asker
from reflect.plain.fields import COMMON, FieldAsker
from reflect.plain.paper import Paper, Part, words_in
from reflect.plain.rows import as_sentence
from reflect.plain.terminal import EndOfInput, Stopped
from reflect.records.kinds import Field
from reflect.records.textforms import cut_at_word, one_line

if TYPE_CHECKING:
    from reflect.cli.session import Session
    from reflect.plain.terminal import Terminal
    from reflect.vault.saving import Saved

FIRST = 6
# Of these the title is the thing itself, so one begins there.
TITLED_FIRST = {
    "agenda": "The question, as you would ask it",
    "question": "The question, as you would ask it",
    "person": "The name you use here",
}
PRIVATE = "Private: it never leaves this computer."
UNSHARED = "Private: it stays on this computer until you share it."
# What a question may answer beside the words of a person.
TO_TITLE = ":to the title"
ANEW = ":anew"


@dataclass(frozen=True)
class Step:
    """One question of the flow; `ask` returns the word that was said, `""` to go on."""

    name: str
    ask: Callable[[], str]


class Guide:
    """Asks for one paper until it is saved, kept for later, or thrown away."""

    def __init__(self, session: Session, terminal: Terminal, paper: Paper) -> None:
        self.paper = paper
        self.terminal = terminal
        self.asker = Asker(terminal)
        self.workspace = session.workspace
        self._session = session
        self._fields = FieldAsker(terminal, self.asker, self.workspace)
        self._asks_more = False
        # What is kept on disk already: a paper that nobody touched leaves no draft.
        self._kept = paper.text
        self._untouched = paper.base or paper.text
        # What was given beforehand, as options of a command, is not asked again.
        self._given = {each.name for each in paper.kind.fields if paper.is_new and paper.texts_of(each.name)}
        self._has_agenda = bool(paper.texts_of("agenda"))

    def run(self, is_continued: bool = False) -> Saved | None:
        """Ask, and return what was saved, None when it was not."""
        self._introduce(is_continued)
        if is_continued and self.paper.is_new:
            self._untouched = ""
            self._given = set()
        try:
            if self.paper.is_new:
                return self.walk(self._begin_at() if is_continued else 0)
            return self.choose()
        except (Stopped, EndOfInput):
            self.say_kept()
            raise

    # Going through

    def steps(self) -> list[Step]:
        """Return the questions of a new record, in their order; a flow of its own replaces them."""
        parts = [self.step_of_part(part) for part in self.paper.parts()]
        fields = [self.step_of_field(field) for field in self.first_fields()]
        title = Step("title", self.ask_title)
        if self.paper.kind.name in TITLED_FIRST:
            return [title, *parts, *fields]
        return [*parts, *fields, title]

    def first_fields(self) -> list[Field]:
        """Return the fields that are asked without being called for."""
        shown = [each for each in self.paper.kind.fields if not each.more and each.name != "prompt"]
        first = [each for each in shown if each.name not in self._given]
        return [*(field for field in COMMON if field.name == "agenda" and self._has_agenda), *first[:FIRST]]

    def further_fields(self) -> list[Field]:
        """Return the fields that `:more` asks."""
        first = {each.name for each in self.first_fields()}
        kind = self.paper.kind
        common = [each for each in COMMON if each.name != "agenda" or kind.name not in ("agenda", "person")]
        return [each for each in [*kind.fields, *common] if each.name not in first]

    def _begin_at(self) -> int:
        """Return the step of the last part that was written in, where a draft goes on."""
        names = [f"part {part.title}" for part in self.paper.parts() if self.paper.text_of(part).strip()]
        steps = [step.name for step in self.steps()]
        return steps.index(names[-1]) if names and names[-1] in steps else 0

    def walk(self, at: int) -> Saved | None:
        """Ask the questions in their order, from one of them on."""
        while True:
            steps = self._all_steps()
            word = self._ask_to_save() if at >= len(steps) else steps[at].ask()
            if word == ":back":
                if at == 0:
                    self.terminal.say("This is the first question.")
                at = max(at - 1, 0)
            elif word == ANEW:
                at = 0
            elif word == TO_TITLE:
                at = next((number for number, step in enumerate(steps) if step.name == "title"), len(steps))
            elif word in (":more", ":end"):
                self._asks_more = self._asks_more or word == ":more"
                at = len(steps)
            elif word in (":save", ":later", ":discard"):
                is_done, saved = self._leave(word)
                if is_done:
                    return saved
                at = len(steps)
            else:
                at += 1

    def _all_steps(self) -> list[Step]:
        steps = self.steps()
        return [*steps, *map(self.step_of_field, self.further_fields())] if self._asks_more else steps

    def choose(self) -> Saved | None:
        """Let a person choose which parts of a record to change."""
        while True:
            parts = self.paper.parts()
            steps = [*map(self.step_of_part, parts), *map(self.step_of_field, self._every_field())]
            steps.append(Step("title", self.ask_title))
            self.terminal.say("")
            self.terminal.say("What do you want to change?")
            for number, part in enumerate(parts, 1):
                count = words_in(self.paper.text_of(part))
                self.terminal.say(f"{number}. {one_line(part.shown)}; {f'{count} words' if count else 'empty'}")
            self.terminal.say(f"{len(parts) + 1}. The fields and the title")
            said = self.asker.line("A number; enter saves: ")
            if said.word in (":save", ":later", ":discard") or not (said.word or said.text):
                is_done, saved = self._leave(said.word or ":save")
                if is_done:
                    return saved
            elif said.text.isdigit() and 1 <= int(said.text) <= len(parts) + 1:
                number = int(said.text)
                chosen = steps[number - 1 : number] if number <= len(parts) else steps[len(parts) :]
                is_done, saved = self._ask_each(chosen)
                if is_done:
                    return saved
            else:
                self.terminal.say(f"Say 1 to {len(parts) + 1}, or enter to save.")

    def _ask_each(self, steps: Sequence[Step]) -> tuple[bool, Saved | None]:
        at = 0
        while at < len(steps):
            word = steps[at].ask()
            if word in (":save", ":later", ":discard"):
                return self._leave(word)
            if word == ":back" and at == 0:
                break
            at += -1 if word == ":back" else 1
        return False, None

    def _every_field(self) -> list[Field]:
        kind = self.paper.kind
        common = [each for each in COMMON if each.name != "agenda" or kind.name not in ("agenda", "person")]
        return [*kind.fields, *common]

    # Asking

    def step_of_part(self, part: Part) -> Step:
        """Return the question for a part."""
        return Step(f"part {part.title}", lambda: self._ask_part(part))

    def step_of_field(self, field: Field) -> Step:
        """Return the question for a field."""
        return Step(f"field {field.name}", lambda: self._ask_field(field))

    def _ask_part(self, part: Part) -> str:
        start, before = self.paper, self.paper.text_of(part)
        self.terminal.say("")
        self.terminal.say(f"{one_line(part.shown)}. {one_line(part.hint)}".strip())
        if before.strip():
            beginning = cut_at_word(one_line(before), 60)
            self.terminal.say(f"It has {words_in(before)} words: “{beginning}” What you type is added; :read reads it.")

        def keep(text: str) -> None:
            # Always from where this part began: a heading typed in it must not cut it in two.
            self.paper = start.with_part(part, text)
            self.keep()

        said = self.asker.lines(before, keep)
        if said.word == ":discard":
            self.paper = start
            self.keep()
            self.terminal.say("What you wrote just now is thrown away.")
            return self._ask_part(part)
        if said.word == ":editor":
            keep(self._in_editor(said.text, part))
            return self._ask_part(part)
        if said.word == ":skip":
            return ""
        return said.word

    def _ask_field(self, field: Field) -> str:
        said, self.paper = self._fields.ask(self.paper, field)
        self.keep()
        if said.word in (":editor", ":discard"):
            self.terminal.say(f"{said.word} is for texts. Enter leaves this as it is.")
            return self._ask_field(field)
        return said.word

    def ask_title(self) -> str:
        """Ask for the title."""
        first = TITLED_FIRST.get(self.paper.kind.name, "Title")
        now = self.paper.title or (self.paper.made_title if not self.paper.is_blank else "")
        self.terminal.say("")
        self.terminal.say(f"{first}. Enter takes: {one_line(now)}" if now else f"{first}.")
        said = self.asker.line("Title: ")
        if said.text:
            self.paper = self.paper.with_value("title", one_line(said.text))
            self.keep()
        return "" if said.word == ":skip" else said.word

    def _ask_to_save(self) -> str:
        more = "" if self._asks_more else " :more asks the further fields."
        self.terminal.say("")
        self.terminal.say(f"Enter saves. :back goes back, :later keeps a draft.{more}")
        said = self.asker.line("Save? ")
        if said.text and said.text.casefold() not in ("y", "yes", "s", "sí", "save"):
            self.terminal.say("Nothing is saved yet. Say enter, :back, :later or :more.")
            return ":end"
        if said.word == ":discard":
            return ":discard" if self.asker.yes("Throw the whole draft away?") else ":end"
        return said.word if said.word in (":back", ":later", ":more") else ":save"

    def _in_editor(self, text: str, part: Part) -> str:
        from reflect.cli.editor import edit_text

        try:
            with self.terminal.guarded(False):
                edited = edit_text(self._session, f"{text}\n", f"part-{self.paper.draft_id.lower()}")
        except ReflectError as error:
            self.asker.trouble(error)
            return text
        self.terminal.say(f"Back from the editor: {words_in(edited.text)} words.")
        return edited.text.strip("\n")

    # Keeping and leaving

    def keep(self) -> None:
        """Keep a draft of what changed; a failure is said, and the next change tries again."""
        if self.paper.text == self._kept:
            return
        try:
            self.paper.keep(self.workspace)
            self._kept = self.paper.text
        except ReflectError as error:
            self.asker.trouble(error)

    def _leave(self, word: str) -> tuple[bool, Saved | None]:
        """Save, keep or throw away; say whether that is the end."""
        if word == ":later":
            self.say_kept()
            return True, None
        if word == ":discard":
            self.workspace.drafts.discard(self.paper.draft_id)
            self.terminal.say("The draft is thrown away.")
            return True, None
        if self.paper.text == self._untouched:
            self.terminal.say(f"Nothing {'was written' if self.paper.is_new else 'changed'}, so nothing is saved.")
            self.workspace.drafts.discard(self.paper.draft_id)
            return True, None
        try:
            return True, self.paper.save(self.workspace)
        except ReflectError as error:
            self.asker.trouble(error)
            self.paper.keep(self.workspace)
            self.terminal.say("It is kept as a draft.")
            return False, None

    def say_kept(self) -> None:
        """Say that what was written is there, and where."""
        if self.paper.text == self._kept and not self._has_draft():
            self.terminal.say("Nothing was written, so nothing is kept.")
            return
        name = self.paper.draft_id[-6:].lower()
        self.terminal.say(f"Kept as draft {name}. To go on with it: drafts, then its number.")

    def _has_draft(self) -> bool:
        return any(each.id == self.paper.draft_id for each in self.workspace.drafts.all())

    def _introduce(self, is_continued: bool) -> None:
        paper = self.paper
        label = one_line(paper.kind.shown_label(paper.lang))
        private = PRIVATE if paper.kind.is_private else UNSHARED
        if paper.path:
            self.terminal.say(f"{as_sentence(paper.title)} {label}, being changed.")
        else:
            self.terminal.say(f"{label}. {private}")
        if is_continued:
            self.terminal.say("This is your draft, as you left it.")
        for question in paper.texts_of("prompt") if paper.is_new else []:
            self.terminal.say(f"The question: {one_line(question)}")
        self.terminal.say("Type line by line; a line with only a period ends a part. :help says more.")
