"""Reviews that were begun: kept on this computer, so that what is sent is what was shown, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace

from reflect.records.review.substitution import NOTHING_SETTLED, Settled, Substitution
from reflect.store.state import LocalState

GROUP = "reviews"


@dataclass(frozen=True)
class Begun:
    """A review as it was left: the id and the day that the copy gets, as what and in which agenda, what was settled.

    `agenda` is as a person named it, `""` for that of the record, `none` for no agenda.
    """

    shared_id: str
    created: str
    kind: str = ""
    agenda: str = ""
    settled: Settled = field(default=NOTHING_SETTLED)


class Reviews:
    """The reviews that were begun and not sent, by record and community."""

    def __init__(self, state: LocalState) -> None:
        self._state = state

    def get(self, source: str, place: str) -> Begun | None:
        """Return a review that was begun, None where there is none."""
        try:
            raw = json.loads(self._state.get(GROUP, f"{source}:{place}") or "null")
            return Begun(**{**raw, "settled": Settled(**raw["settled"])}) if raw else None
        except (ValueError, TypeError, KeyError):
            # Written by another version: it begins anew, and nothing has left.
            return None

    def put(self, source: str, place: str, begun: Begun) -> None:
        """Keep a review as it is now."""
        self._state.put(GROUP, f"{source}:{place}", json.dumps(asdict(begun), ensure_ascii=True))

    def end(self, source: str, place: str) -> None:
        """Forget a review, because it was sent."""
        self._state.put(GROUP, f"{source}:{place}", "")


def settled_with(
    old: Settled,
    replaced: Mapping[str, str],
    keep: Iterable[str] = (),
    remove: Iterable[str] = (),
    open_again: Iterable[str] = (),
) -> Settled:
    """Return what is settled after some more was; what is said last about a text holds.

    It holds for the words as well that a person wrote before in place of another text.
    """
    kept, removed = list(keep), list(remove)
    touched = {*replaced, *kept, *removed, *open_again}
    within = Substitution(None, Settled(replaced, (), removed))
    # Behind a word, so that a role does not begin as a sentence does.
    before = {
        text: within.text(f"as {role}").removeprefix("as ").strip()
        for text, role in old.replace.items()
        if text not in touched
    }
    removed += [text for text, role in before.items() if not role]
    return replace(
        old,
        replace={**{text: role for text, role in before.items() if role}, **replaced},
        keep=[*(text for text in old.keep if text not in touched), *kept],
        remove=[*(text for text in old.remove if text not in touched), *removed],
    )
