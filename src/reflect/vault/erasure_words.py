"""What a person reads before and after a record is erased, on the command line and in the app."""

from __future__ import annotations

from collections.abc import Sequence

from reflect.records.textforms import one_line
from reflect.records.wording import counted
from reflect.vault.erasing import Erased
from reflect.vault.erasure import Elsewhere, Erasure

SHOWN = 5
OTHERS = "Other devices, backups, and whatever was exported, printed or sent still hold it, and so may the disk itself."


def what_goes(erasure: Erasure) -> list[str]:
    """Return sentences about what goes with a record, for good."""
    record = erasure.record
    said = [f"“{one_line(record.title)}” ({record.kind or 'no kind'}, {record.day or 'no date'}) goes for good."]
    said += [f"Its second version goes too: “{one_line(row.title)}”." for row in erasure.second]
    said.append(
        f"It goes out of {counted(erasure.states, 'state')} of your history." if erasure.states else NOT_IN_HISTORY
    )
    if erasure.drafts:
        said.append(f"{counted(len(erasure.drafts), 'draft')} of it {_goes(len(erasure.drafts))} too.")
    if erasure.states:
        said.append("So do older states of your history that only git itself still knew of (its reflogs and backups).")
    return said


NOT_IN_HISTORY = "It is not in your history yet, so only its file goes."


def what_stays(erasure: Erasure) -> list[str]:
    """Return sentences about what stays here and elsewhere."""
    said = [each for each in (_also(erasure.also), _linked(erasure)) if each]
    if erasure.in_agenda:
        folder = "/".join(erasure.record.path.split("/")[:2])
        said.append(
            f"{counted(erasure.in_agenda, 'record')} would stay without an agenda; the folder {folder} keeps its name."
        )
    if erasure.pictures:
        said.append(f"What lies beside it stays: {_listed(erasure.pictures)}.")
    if erasure.holders and erasure.states:
        said.append(f"Still holding it as well: {_listed(erasure.holders)}.")
    return [*said, OTHERS]


def what_was_done(erased: Erased) -> list[str]:
    """Return sentences about what became of it."""
    said = [_proof(erased)]
    if erased.messages:
        said.append(
            f"{counted(erased.messages, 'note')} on a change, which another program wrote, "
            f"{'hold' if erased.messages > 1 else 'holds'} a line of it; those are left as they are."
        )
    if erased.left:
        said.append(f"Files of other programs that still hold something of it: {_listed(erased.left)}.")
    if _also(erased.also):
        said.append(_also(erased.also))
    if erased.to_replace:
        said.append(
            f"Until it is replaced, nothing is sent to or fetched from: {_listed(erased.to_replace)}. "
            f"To replace it, run: reflect config remote replace {erased.to_replace[0]}"
        )
    return [*said, OTHERS]


def _proof(erased: Erased) -> str:
    read = f"Checked {counted(erased.checked, 'object')} of your history"
    if not erased.holding:
        return f"{read}: none holds a line of it."
    held = f"{erased.holding:,} still {'hold' if erased.holding > 1 else 'holds'} something of it"
    return f"{read}: {held}. Another program may be at work in this folder; end it, then run: reflect doctor"


def _also(also: Sequence[Elsewhere]) -> str:
    if not also:
        return ""
    named = _listed([f"“{one_line(each.title)}” ({counted(each.sentences, 'sentence')})" for each in also])
    return f"What it says also stands, and stays, in {named}."


def _linked(erasure: Erasure) -> str:
    if not erasure.linked:
        return ""
    titles = _listed([f"“{one_line(row.title)}”" for row in erasure.linked])
    return f"Links to it in {titles} will lead nowhere, and show what they call it."


def _goes(count: int) -> str:
    return "go" if count > 1 else "goes"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
