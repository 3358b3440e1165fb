"""A call-in through its four moments: prepare, have, after, follow up; or let it pass, which is an outcome too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reflect.plain.guide import ANEW, TO_TITLE, Guide, Step
from reflect.plain.paper import Part
from reflect.records.kinds import Field

if TYPE_CHECKING:
    from reflect.vault.saving import Saved

MOMENTS = ("prepare", "have", "after", "follow up")
# Writing in a section of the later moments offers the status that goes with it; nothing moves by itself.
OFFERS = {"have": ("What was said", "held"), "follow up": ("What changed, and repair", "followed up")}
NEXT_TIME = Part(
    "What would make it possible next time",
    "What would make it possible next time",
    "Or nothing: a period goes on.",
    aliases=frozenset({"what would make it possible next time"}),
)
PASS = "pass"


class CallInGuide(Guide):
    """Asks moment by moment, and after each whether to go on."""

    def steps(self) -> list[Step]:
        """Return the questions of the moments, with a turn after each."""
        if self._was_let_pass:
            return [Step("let_pass", self._why_let_pass), self.step_of_part(NEXT_TIME), Step("title", self.ask_title)]
        steps = []
        for number, moment in enumerate(MOMENTS):
            steps += [self.step_of_part(part) for part in self.paper.parts() if part.moment == moment]
            steps += [self.step_of_field(field) for field in self._fields_of(moment)]
            steps.append(Step(f"turn {moment}", lambda at=number: self._turn(at)))  # type: ignore[misc]
        return [*steps, Step("title", self.ask_title)]

    @property
    def _was_let_pass(self) -> bool:
        return self.paper.texts_of("status") == ["let pass"]

    def _fields_of(self, moment: str) -> list[Field]:
        names = [each for each in self.paper.kind.fields if not each.more and each.name != "status"]
        found = [each for each in names if each.moment == moment]
        if moment == "follow up":
            found += [each for each in names if each.name == "follow_up"]
        return found

    def first_fields(self) -> list[Field]:
        """Return the fields of the moments."""
        return [field for moment in MOMENTS for field in self._fields_of(moment)]

    def choose(self) -> Saved | None:
        """Go on with the next moment of a call-in that was begun, or let a person choose what to change."""
        status = next(iter(self.paper.texts_of("status")), "")
        following = next((each for each in MOMENTS if not self._has_text(each)), "")
        if not following or status == "let pass":
            return super().choose()
        passing = f" {PASS} lets it pass." if status == "preparing" else ""
        self.terminal.say(f"Its status is {status or 'empty'}.")
        self.terminal.say(f"Enter goes on with: {following}. parts lets you choose what to change.{passing}")
        while True:
            said = self.asker.line("Go on? ")
            answer = said.text.casefold()
            if said.word == ":later":
                self.say_kept()
                return None
            if not answer or answer in ("go", "y", "yes"):
                names = [f"part {part.title}" for part in self.paper.parts() if part.moment == following]
                return self.walk([step.name for step in self.steps()].index(names[0]))
            if answer == "parts":
                return super().choose()
            if passing and (answer == PASS or answer.startswith("let it")):
                self._let_pass()
                return self.walk(0)
            self.terminal.say(f"Say enter, parts{f', {PASS}' if passing else ''}, or :later to leave it.")

    def _has_text(self, moment: str) -> bool:
        return any(self.paper.text_of(part).strip() for part in self.paper.parts() if part.moment == moment)

    def _turn(self, number: int) -> str:
        moment = MOMENTS[number]
        self._offer_status(moment)
        if number == len(MOMENTS) - 1:
            return ""
        following = MOMENTS[number + 1]
        self.terminal.say("")
        self.terminal.say(f"That was: {moment}. Next comes: {following}.")
        passing = f" {PASS} lets it pass." if moment == "prepare" else ""
        self.terminal.say(f"Enter stops here, to be saved. go goes on to {following}.{passing}")
        while True:
            said = self.asker.line("Go on? ")
            answer = said.text.casefold()
            if said.word and said.word != ":skip":
                return said.word
            if not answer or answer in ("n", "no"):
                return TO_TITLE
            if answer in ("go", "y", "yes"):
                return ""
            if answer == PASS or answer.startswith("let it"):
                return self._let_pass()
            self.terminal.say(f"Say go, {PASS}, or enter to stop here.")

    def _offer_status(self, moment: str) -> None:
        title, status = OFFERS.get(moment, ("", ""))
        part = next((each for each in self.paper.parts() if each.title == title), None)
        now = next(iter(self.paper.texts_of("status")), "")
        if part is None or now == status or not self.paper.text_of(part).strip():
            return
        self.terminal.say("")
        if self.asker.yes(f"Its status is {now or 'empty'}. Make it {status}?"):
            self.paper = self.paper.with_value("status", status)
            self.keep()

    def _why_let_pass(self) -> str:
        field = self.paper.kind.field("let_pass")
        word = self.step_of_field(field).ask() if field else ""
        if word == ":back":
            self.paper = self.paper.with_value("status", "preparing").with_value("let_pass", None)
            self.keep()
            return ANEW
        return word

    def _let_pass(self) -> str:
        self.terminal.say("Letting it pass is an outcome of its own; it counts as one, and never as missed.")
        self.paper = self.paper.with_value("status", "let pass")
        self.keep()
        return ANEW
