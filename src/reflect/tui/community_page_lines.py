"""The page of one community, as lines: what it says of itself, who writes there, who can send, what one can do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.content import Content

from reflect.records.wording import counted
from reflect.tui.widgets.item_list import SPACE, Item, heading
from reflect.tui.words import plain_line

if TYPE_CHECKING:
    from reflect.community.members import Member
    from reflect.records.community_file import About
    from reflect.workspace import Workspace

ACTION, LINE = "action", "line"
LABEL = 12


@dataclass(frozen=True)
class CommunityPage:
    """What is known of a community: `author` is who the person is there, `shown_url` where it is."""

    name: str
    author: str
    shown_url: str
    is_here: bool
    is_muted: bool
    about: About
    members: Sequence[Member]
    can_send: str
    take_away: str
    records: int


def page_of(workspace: Workspace, name: str) -> CommunityPage:
    """Return the page of a community; raises NotFound, ReflectError."""
    from reflect.community.members import how_to_take_away, who_can_send
    from reflect.records.query import Filters

    belonging, community = workspace.belonging, workspace.communities.get(name)
    address = belonging.address(name)
    return CommunityPage(
        name=name,
        author=community.membership.author,
        shown_url=community.shown_url,
        is_here=community.is_here,
        is_muted=name in workspace.reading.muted().places,
        about=community.about,
        members=belonging.members(name),
        can_send=who_can_send(address),
        take_away=how_to_take_away(address),
        records=workspace.catalog.count(Filters(places=(name,))),
    )


def page_items(page: CommunityPage, actions: Sequence[tuple[str, str, str]], width: int) -> list[Item]:
    """Return the lines at a width; `actions` are (key, how it is shown, what it does)."""
    items = [SPACE, *_about(page, width)]
    items += [SPACE, heading("What you can do here"), *(_action(*each) for each in actions)]
    items += [SPACE, heading("Who writes here, the latest first")]
    items += [line for member in page.members for line in _member(member, width)]
    if not page.members:
        items += _wrapped("Nobody yet, as far as this computer knows.", width)
    items += [SPACE, heading("Who can send, and how that is taken away")]
    items += [*_wrapped(page.can_send, width), *_wrapped(page.take_away, width)]
    says = "What someone has fetched they keep: taking a key away ends sending and fetching, and no more."
    items += _wrapped(says, width)
    # A caret can go through all of it, or what is below the last action would be out of reach.
    return [
        replace(each, key=each.key or (LINE, str(number))) if each.left else each for number, each in enumerate(items)
    ]


def _about(page: CommunityPage, width: int) -> Iterator[Item]:
    about = page.about
    yield from _labelled("for", about.purpose or "it does not say yet what it is for", width)
    for each in about.stewards:
        yield from _labelled("looked after", f"{each.role}: {each.reach or 'no way to reach them is given'}", width)
    if not about.stewards:
        yield from _labelled("looked after", "it does not say by whom", width)
    yield from _labelled("where", page.shown_url, width)
    held = counted(page.records, "record") if page.is_here else "not on this computer yet"
    yield from _labelled("you", f"{page.author} · {held}{' · muted' if page.is_muted else ''}", width)
    for key in about.keys:
        yield from _labelled("key", f"of {key.author}: what it signs is known to be theirs", width)
    for problem in about.problems:
        yield from _labelled("!", problem, width)


def _member(member: Member, width: int) -> Iterator[Item]:
    name = f"{member.names[0]} (you)" if member.is_self else member.names[0]
    days = member.first if member.first == member.last else f"{member.first} to {member.last}"
    left = Content.assemble("   ", plain_line(name))
    yield Item(left, plain_line(f"{counted(member.records, 'record')} · {days}", "$text-muted"))
    if member.names[1:]:
        yield from _wrapped(f"  also as {', '.join(member.names[1:4])}", width)
    if member.is_doubtful:
        says = f"  ! Someone else writes as {member.names[0]}, too: this one is {member.short_address}."
        yield from _wrapped(says, width, "$text-warning")


def _action(key: str, shown: str, says: str) -> Item:
    return Item(Content.assemble((f"   {shown}  ", "$text-accent"), says), key=(ACTION, key))


def _labelled(label: str, text: str, width: int) -> Iterator[Item]:
    for number, line in enumerate(plain_line(text).wrap(max(20, width - LABEL - 8))):
        shown = label if number == 0 else ""
        yield Item(Content.assemble((f"   {shown:<{LABEL}} ", "$text-muted"), line))


def _wrapped(text: str, width: int, style: str = "") -> Iterator[Item]:
    for line in plain_line(text, style).wrap(max(20, min(width - 6, 96))):
        yield Item(Content.assemble("   ", line))
