"""What a person reads before a copy of the journal is made or replaced, on the command line and in the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reflect.community.own_copies import Looked
    from reflect.records.addresses import Address

ONLY_HERE = "This journal is on this computer only."

AWAY = "If it is on another disk, connect that. Nothing is lost: the next sync sends what waits."


def what_a_copy_means(looked: Looked) -> list[str]:
    """Return sentences about what a copy at a place that was looked at means."""
    shown = looked.address.shown
    if looked.has_journal:
        return [
            f"{shown} holds this journal already, from another device.",
            "What either has is joined. Nothing is lost: where both changed the same lines, both texts are kept.",
        ]
    said = [f"A copy of your whole journal is kept at {shown}: call-ins and people too, with all earlier states."]
    if looked.address.is_local:
        said.append("Whoever can open that folder can read it.")
    else:
        said.append(f"Whoever can open that place at {looked.address.host} can read it, and so can those who run it.")
    return said


def what_replacing_means(name: str, address: Address) -> list[str]:
    """Return sentences about what putting the journal in the place of a copy means."""
    said = [
        f"{name} ({address.shown}) still holds what you erased. Your journal as it is now takes its place there.",
        "What your other devices sent there meanwhile is joined first, but for what was erased.",
        "Each other device asks you at its next sync, and then lets go of it too.",
    ]
    if not address.is_local:
        said.append(f"{address.host} may keep older states for a while; to have them gone, remove the place there.")
    return said
