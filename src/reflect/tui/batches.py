"""What is said when many records were changed or copied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reflect.records.wording import counted

if TYPE_CHECKING:
    from reflect.exports.copying import Exported
    from reflect.vault.batch import Outcome

NAMED = 3


def says_outcome(outcome: Outcome, verb: str, nothing: str) -> str:
    """Return what became of many records: `verb` is what was done, `nothing` is said when there was no need."""
    count = len(outcome.paths)
    done = f"{counted(count, 'record')} {'is' if count == 1 else 'are'} {verb}." if count else ""
    parts = [done or ("" if outcome.refused else nothing), *_left_out(outcome.refused, outcome.left)]
    return " ".join(part for part in parts if part)


def says_exported(exported: Exported) -> str:
    """Return where the copies are, and what they are no longer."""
    done = f"{counted(exported.count, 'record')} copied to {exported.folder}."
    warning = (
        "These copies are outside of your journal: reflect no longer keeps them private." if exported.count else ""
    )
    return " ".join(part for part in (done, warning, *_left_out(exported.refused, exported.left)) if part)


def _left_out(refused: Sequence[tuple[str, str]], left: int) -> list[str]:
    parts = []
    if refused:
        named = "; ".join(f"{path}: {why.rstrip('.')}" for path, why in refused[:NAMED])
        more = f"; and {len(refused) - NAMED:,} more" if len(refused) > NAMED else ""
        parts.append(f"Left as {'it is' if len(refused) == 1 else 'they are'}: {named}{more}.")
    if left:
        parts.append(f"Stopped; {counted(left, 'record')} not reached.")
    return parts
