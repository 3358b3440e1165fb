"""What a person has to decide about a place before anything of it is taken, and what may be answered."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from reflect.community.outcome import MINE, THEIRS, Question
from reflect.errors import ReflectError, TransferFailed
from reflect.store.objects import files_at

if TYPE_CHECKING:
    from reflect.community.inspecting import Inspected
    from reflect.community.place import Place
    from reflect.store.git import Git


def question_of(git: Git, inspected: Inspected, tip: str, old: str, is_own: bool) -> Question | None:
    """Return the question that a look at a place led to, None where there is nothing to ask."""
    asked = inspected.question
    if asked is None:
        return None
    why = {"rolled-back": "rolled back", "mass-deletion": "deleted"}.get(asked.kind, asked.kind)
    before = sum(path.endswith(".md") for path in files_at(git, old)) if old else 0
    # A journal of nothing would not even say whose it is.
    answers = (MINE,) if is_own and why == "emptied" else (THEIRS, MINE)
    return Question(why, tip, inspected.deletions if tip else before, before, answers, is_own)


def answer_to(question: Question | None, answer: str, asked: Collection[str], name: str) -> str:
    """Return the answer where it is about this very question; `asked` are the states that were asked about.

    Raises ReflectError for what cannot be answered to it.
    """
    if question is None or question.tip not in asked:
        return ""
    if answer and answer not in question.answers:
        raise ReflectError(
            f"That cannot be decided so. {question.words}",
            f"What can be: reflect sync {name} --take {question.answers[0]}",
        )
    return answer


def unrelated(place: Place) -> TransferFailed:
    """Return what says that a place has no beginning in common with what is here."""
    name = place.name
    if place.is_own:
        return TransferFailed(
            "unrelated",
            f"{name} holds a journal that began elsewhere: it has no beginning in common with this one.",
            f"Use another place for this one (reflect config remote remove {name}), or open that one beside it: "
            "reflect init DIR --from ADDRESS",
        )
    return TransferFailed(
        "unrelated",
        f"The shared place of {name} now holds something else: it has no beginning in common with what is here.",
        f"Ask the person who keeps it. If it was begun anew: reflect community leave {name}, then join it again.",
    )
