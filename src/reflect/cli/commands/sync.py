"""`reflect sync`: exchange with communities and copies of the journal what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session
from reflect.records.textforms import cleaned, cut_at_word, one_line

if TYPE_CHECKING:
    from reflect.community.outcome import Outcome

SHOWN = 5
ANSWERS = {"theirs": "To follow it", "mine": "To put back what is here"}
# Characters of a name that a stranger may fill the screen with.
LONGEST = 120


@click.command("sync", cls=Command)
@click.argument("names", metavar="[NAME…]", nargs=-1)
@click.option("--no-push", is_flag=True, help="Only receive; what you wrote waits for the next sync.")
@click.option(
    "--take",
    type=click.Choice(["theirs", "mine"]),
    help="Decide, where a place was replaced or emptied: follow it, or put back what is here.",
)
@pass_session
def command(session: Session, names: tuple[str, ...], no_push: bool, take: str | None) -> None:
    """Exchange with communities and copies of your journal what is new.

    What came is joined with what you wrote, and then that is sent. Where two people changed
    different paragraphs of a record, both changes are in it; where they changed the same one, both
    texts are kept. Nothing is lost without a connection either: what waits is sent the next time.
    Ends with 1 where a place failed, or waits for a decision of yours.

    \b
    Examples:
      reflect sync
      reflect sync rivertown --no-push
      reflect sync rivertown --take theirs
    """
    workspace = session.workspace
    with session.progress("Syncing") as progress:

        def going(done: int, total: int) -> bool:
            if progress:
                progress(done, total)
            return True

        outcomes = workspace.sync(names, not no_push, take or "", going)
    session.answer(lambda: [shape(each) for each in outcomes], lambda: _show(session, outcomes))
    for each in outcomes:
        if each.detail and session.verbose:
            session.say(f"{each.name}: {each.detail}")
    if not all(each.is_done for each in outcomes):
        click.get_current_context().exit(1)


def shape(outcome: Outcome) -> dict[str, Any]:
    """Return what became of one place as JSON."""
    question = outcome.question
    return {
        "name": outcome.name,
        "received": outcome.received,
        "sent": outcome.sent,
        "merged": outcome.merged,
        "conflicts": [{"id": each.id, "sibling": each.sibling, "title": each.title} for each in outcome.conflicts],
        "not_shown": [{"path": path, "why": why} for path, why in outcome.not_shown],
        "withdrawn": [{"id": each.id, "title": each.title, "draft": each.draft or None} for each in outcome.withdrawn],
        "unsent": outcome.unsent,
        "question": question.words if question else None,
        "error": outcome.error or (question.words if question else None),
    }


def _show(session: Session, outcomes: list[Outcome]) -> None:
    if not outcomes:
        session.line("There is nothing to sync with yet. To join a community: reflect community join URL")
        session.line("To keep a copy of your journal elsewhere: reflect config remote add URL")
    for each in outcomes:
        session.line(cleaned(f"{each.name}: {_words(each)}"))
        for conflict in each.conflicts[:SHOWN]:
            session.say(
                f"  Two texts of “{one_line(conflict.title)}” are kept. To choose: "
                f"reflect resolve {conflict.sibling[-6:].lower()} --keep mine, theirs or both"
            )
        for gone in each.withdrawn[:SHOWN]:
            kept = f"your text is kept as draft {gone.draft[-6:].lower()}" if gone.draft else "its history has the text"
            session.say(f"  “{one_line(gone.title)}” was withdrawn while someone had changed it; {kept}.")
        for path, why in each.not_shown[:SHOWN]:
            session.say(f"  not shown: {cut_at_word(one_line(path), LONGEST)}, because {why}")
        if each.question is not None:
            session.say("  Nothing changed here.")
            for answer in each.question.answers:
                session.say(f"  {ANSWERS[answer]}: reflect sync {each.name} --take {answer}")


def _words(outcome: Outcome) -> str:
    if outcome.error:
        return f"{outcome.error} {outcome.hint}".strip()
    if outcome.question is not None:
        return outcome.question.words
    says = [f"{number:,} {word}" for number, word in _numbers(outcome) if number]
    return (", ".join(says) or "nothing new") + "."


def _numbers(outcome: Outcome) -> list[tuple[int, str]]:
    return [
        (outcome.received, "received"),
        (outcome.sent, "sent"),
        (outcome.merged, "joined from two changes"),
        (len(outcome.conflicts), "in two versions"),
        (len(outcome.not_shown), "not shown"),
        (outcome.unsent, "not sent yet"),
    ]
