"""What became of a sync, as data: what came, what went, what waits for a person."""

from __future__ import annotations

from dataclasses import dataclass, field

# What a person may answer to a question: follow the shared place, or put back there what is here.
THEIRS = "theirs"
MINE = "mine"
# Why something is asked of a copy of the journal alone.
ERASED = "erased"


@dataclass(frozen=True)
class Conflict:
    """A record that two people changed in one place: the record, and my version beside it, by their ids."""

    id: str
    sibling: str
    title: str


@dataclass(frozen=True)
class Withdrawn:
    """A record that was withdrawn while someone had changed it; `draft` is my text, kept as a private draft.

    Without a draft it is a peer's change that is no longer shown; history has it.
    """

    id: str
    title: str
    draft: str = ""


@dataclass(frozen=True)
class Question:
    """Why nothing changed here until the person has decided.

    `why` is `rewritten`, `rolled back`, `emptied`, `deleted` or, in a copy of the journal (`is_own`), `erased`; `tip`
    is the state of the place that it was asked about, `gone` how many of the `of` records here would go, `answers`
    what may be answered.
    """

    why: str
    tip: str
    gone: int = 0
    of: int = 0
    answers: tuple[str, ...] = (THEIRS, MINE)
    is_own: bool = False

    @property
    def words(self) -> str:
        """What happened, in a sentence."""
        records = f"{self.gone:,} of {self.of:,} records"
        place = "copy of your journal" if self.is_own else "shared place"
        one = "1 record" if self.gone == 1 else f"{self.gone:,} records"
        return {
            "emptied": f"This {place} is empty now, and it was not before.",
            "rolled back": f"This {place} shows an older state than before: {records} here would go.",
            "rewritten": f"The history of this {place} was written anew: {records} here would go.",
            "deleted": f"{'Another device' if self.is_own else 'Someone'} removed {records} from this {place}.",
            ERASED: f"On another device you erased {one} for good. To follow means that it goes here too, out of the "
            "whole history, with what was written in it since; all else that you wrote here stays.",
        }[self.why]


@dataclass(frozen=True)
class Outcome:
    """What a sync of one place did; `received`, `sent` and `merged` are numbers of records, `unsent` those left.

    `error` says why it failed, `hint` what to do next, `detail` git's own words; `is_new` that the place came to
    this computer with it, `is_own` that it is a copy of the journal. `came` and `went` are the paths of the records
    that are there and differ now.
    """

    name: str
    received: int = 0
    sent: int = 0
    merged: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    not_shown: list[tuple[str, str]] = field(default_factory=list)
    withdrawn: list[Withdrawn] = field(default_factory=list)
    question: Question | None = None
    error: str = ""
    hint: str = ""
    detail: str = ""
    unsent: int = 0
    is_new: bool = False
    is_own: bool = False
    came: list[str] = field(default_factory=list)
    went: list[str] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        """Whether the place was reached, and nothing waits for a decision."""
        return not self.error and self.question is None
