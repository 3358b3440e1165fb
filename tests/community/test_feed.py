"""A community that reads: unread, answers first, threads, who speaks for whom, who has written, what came since."""

from __future__ import annotations

import datetime as dt

import pytest

from reflect.community.repository import REMOTE, Repository
from reflect.records.authorship import in_anothers_name
from reflect.records.compose import Content
from reflect.store.git import Identity
from tests.community.conftest import PEER, record_text
from tests.conftest import NOW

CLEO = Identity("Cleo", "cleocleo@reflect.invalid")
AGENDA = "01JDA6C4T3W5E9K2M8Q7RZAGE1"
ONE = "01JDA6C4T3W5E9K2M8Q7RZXYV1"
TWO = "01JDA6C4T3W5E9K2M8Q7RZXYV2"
FOLDER = "agendas/what-makes-families-answer"


def with_line(text: bytes, line: str) -> bytes:
    return text.replace(b"created:", f"{line}\ncreated:".encode())


def answer(record_id: str, to: str, title: str, author: str = "Ben", day: str = "2026-11-20") -> bytes:
    text = with_line(record_text(record_id, title, "response", author), f"to: {to}\nkind_of: we see this too")
    return text.replace(b"2026-11-20", day.encode())


@pytest.fixture
def at(community):
    """Let a peer write at a day, as if it had been fetched."""

    def write(days_ago: int, changes: dict, identity: Identity = PEER) -> None:
        moment = NOW - dt.timedelta(days=days_ago)
        Repository(community.repository.path, identity).commit(changes, "Write", moment)

    return write


@pytest.fixture
def mine(workspace, community):
    """A finding of one's own in rivertown; returns its id."""
    return workspace.shared_writing.new("rivertown", "finding", Content(title="Texts work")).record.id


def test_answers_to_ones_own_records_come_first(run_cli, workspace, community, peer_writes, mine):
    peer_writes({"findings/a.md": record_text(ONE, "Letters do not"), "responses/a.md": answer(TWO, mine, "We see it")})
    workspace.refresh()
    unread = workspace.reading.unread()
    assert ([row.id for row in unread.answers], [row.id for row in unread.others]) == ([TWO], [ONE])
    shape = run_cli("today", "--json").json
    assert [each["id"] for each in shape["unread"]] == [TWO, ONE]
    shown = run_cli("today").out
    assert shown.index("Answers to you") < shown.index("We see it · rivertown, Ben") < shown.index("Letters do not")


def test_showing_a_record_reads_it_until_a_peer_changes_it(run_cli, workspace, community, peer_writes):
    peer_writes({"findings/a.md": record_text(ONE, "Letters")})
    assert "new to you" in run_cli("show", ONE).out
    assert run_cli("list", "--unread", "--json").json == []
    shape = run_cli("show", ONE, "--json").json
    assert (shape["unread"], shape["added_by"], shape["says_by"], shape["sent"]) == (False, "Ben", None, False)
    peer_writes({"findings/a.md": record_text(ONE, "Letters, again")})
    assert run_cli("show", ONE, "--json").json["unread"] is True
    assert run_cli("read", ONE, "--unread").code == 0
    assert [each["id"] for each in run_cli("list", "--unread", "--json").json] == [ONE]
    assert run_cli("read", "--in", "rivertown", "--json").json == {"ids": [ONE], "unread": False}
    assert run_cli("list", "--unread", "--json").json == []
    own = workspace.new("reflection", Content(title="Mine", body="Mine.")).record.id
    assert "your own" in run_cli("read", own).err


def test_a_thread_is_nested_and_ends_where_it_turns_in_a_circle(run_cli, workspace, community, peer_writes):
    first, below, last = (f"01JDA6C4T3W5E9K2M8Q7RZRES{n}" for n in "123")
    peer_writes(
        {
            "findings/a.md": record_text(ONE, "Letters"),
            "responses/1.md": answer(first, ONE, "First", day="2026-11-18"),
            "responses/2.md": answer(below, first, "Below the first", "Cleo", day="2026-11-21"),
            "responses/3.md": answer(last, ONE, "Last", day="2026-11-19"),
            "responses/4.md": answer(f"{last[:-1]}4", f"{last[:-1]}4", "To itself"),
        }
    )
    shape = run_cli("show", ONE, "--json").json
    assert [(each["depth"], each["title"]) for each in shape["responses"]] == [
        (0, "First"), (1, "Below the first"), (0, "Last"),
    ]  # fmt: skip
    shown = run_cli("show", ONE).out
    assert "says it is by Cleo; it was added by Ben (we see this" in shown
    assert run_cli("show", f"{last[:-1]}4", "--json").json["responses"] == []


@pytest.mark.parametrize(
    ("author", "added_by", "is_mine", "says"),
    [
        ("Ben", "Ben", False, ""),
        ("ben ", "Ben", False, ""),
        ("Cleo", "Ben", False, "says it is by Cleo; it was added by Ben"),
        ("Ana", "Ben", False, "says it is by you; it was added by Ben"),
        ("Ana", "Ana", False, "says it is by you; it was added by someone else called Ana"),
        ("Ana", "Ana", True, ""),
        ("", "Ben", False, ""),
        ("[red]C\x1b[31m", "B", False, "says it is by [red]C\ufffd[31m; it was added by B"),
    ],
)
def test_a_record_that_speaks_in_anothers_name_says_so(author, added_by, is_mine, says):
    assert in_anothers_name(author, added_by, is_mine, "Ana") == says


def test_the_feed_has_followed_agendas_first_and_nothing_that_is_muted(run_cli, workspace, community, peer_writes):
    other = "agendas/who-decides"
    peer_writes(
        {
            f"{FOLDER}/agenda.md": record_text(AGENDA, "What makes families answer?", "agenda"),
            f"{FOLDER}/findings/a.md": with_line(record_text(ONE, "Letters"), f"agenda: {AGENDA}"),
            f"{other}/agenda.md": record_text(f"{AGENDA[:-1]}2", "Who decides?", "agenda").replace(b"-20", b"-22"),
            f"{other}/findings/b.md": record_text(TWO, "The office"),
            "stories/c.md": record_text(f"{TWO[:-1]}3", "A story", "story"),
        }
    )
    workspace.refresh()

    def titles():
        groups = workspace.reading.feed().groups
        return [group.agenda.title if group.agenda else "" for group in groups]

    assert titles()[0] == "Who decides?"
    assert run_cli("community", "follow", "what-makes-families-answer", "--json").json == {
        "id": AGENDA,
        "followed": True,
    }
    assert titles()[0] == "What makes families answer?"
    run_cli("community", "mute", "who-decides")
    assert titles() == ["What makes families answer?", ""]
    assert {row.title for row in workspace.reading.unread().others} == {
        "What makes families answer?", "Letters", "A story",
    }  # fmt: skip
    assert len(run_cli("list", "--unread", "--json").json) == 5
    assert run_cli("community", "mute", "rivertown", "--json").json == {"community": "rivertown", "muted": True}
    assert (titles(), len(workspace.reading.unread())) == ([], 0)
    assert run_cli("community", "mute", "rivertown", "--json").json["muted"] is False
    assert len(workspace.reading.unread()) == 3


def test_who_has_written_is_told_kindly_and_ranks_nobody(workspace, community, at, mine):
    at(0, {"findings/a.md": record_text(ONE, "Letters").replace(b"2026-11-20", b"2026-10-26")})
    at(0, {"findings/b.md": record_text(TWO, "Calls", author="Cleo").replace(b"2026-11-20", b"2031-01-01")}, CLEO)
    workspace.refresh()
    found = workspace.reading.feed().writers
    assert [(each.name, each.words, each.is_me) for each in found] == [
        ("Ana", "wrote this week", True), ("Ben", "quiet for 4 weeks", False), ("Cleo", "wrote this week", False),
    ]  # fmt: skip
    assert found[2].last_day == "2026-11-23"


def test_what_waits_to_be_sent_and_what_is_kept_twice(workspace, community, peer_writes, mine):
    repository = community.repository
    repository.move(repository.tip(), "", REMOTE)
    second = with_line(record_text(TWO, "Texts work", author="Ana"), f"conflict_of: {mine}")
    peer_writes({"findings/second.md": second})
    workspace.refresh()
    feed = workspace.reading.feed()
    assert ([row.id for row in feed.conflicts], [row.id for row in feed.unsent]) == ([TWO], [TWO])


def test_a_digest_tells_what_came_since_a_day(run_cli, workspace, community, at, mine):
    at(30, {f"{FOLDER}/agenda.md": record_text(AGENDA, "What makes families answer?", "agenda")})
    at(20, {"findings/old.md": record_text(ONE, "An old one"), "findings/gone.md": record_text(TWO, "Not true")})
    third, fourth = f"{TWO[:-1]}3", f"{TWO[:-1]}4"
    at(5, {f"{FOLDER}/findings/new.md": record_text(third, "Calls"), "responses/a.md": answer(fourth, mine, "Yes")})
    at(4, {"findings/old.md": record_text(ONE, "An old one, better"), "findings/gone.md": None}, CLEO)
    at(3, {f"{FOLDER}/findings/new.md": None, f"{FOLDER}/findings/moved.md": record_text(third, "Calls")}, CLEO)
    (shape,) = run_cli("community", "digest", "--since", "2026-11-16", "--json").json
    assert [each["id"] for each in shape["answers"]] == [fourth]
    new = {each["agenda"]["title"] if each["agenda"] else "": each["records"] for each in shape["new"]}
    assert [each["title"] for each in new["What makes families answer?"]] == ["Calls"]
    assert [each["title"] for each in new[""]] == ["Texts work"]
    assert [(each["title"], each["by"]) for each in shape["edited"]] == [("An old one, better", "Cleo")]
    assert [(each["title"], each["kind"]) for each in shape["withdrawn"]] == [("Not true", "finding")]
    text = run_cli("community", "digest", "--since", "2026-11-16").out
    assert "# rivertown: new since 2026-11-16" in text
    assert text.index("## Answers to your records") < text.index("## What makes families answer?")
    assert "- Finding: Not true (2026-11-19)" in text


def test_a_digest_begins_where_the_last_one_of_an_earlier_day_ended(workspace, context, community, at):
    from dataclasses import replace

    from reflect.workspace import Workspace

    at(20, {"findings/a.md": record_text(ONE, "Old")})
    at(2, {"findings/b.md": record_text(TWO, "New")})

    def titles(days: int) -> list[str]:
        later = replace(context, now=lambda: NOW + dt.timedelta(days=days))
        opened = Workspace.open(later, workspace.vault.root)
        opened.refresh()
        (found,) = opened.reading.digest()
        return [row.title for group in found.groups for row in group.rows]

    assert titles(0) == ["New"]
    assert titles(0) == ["New"]
    # Written long ago without a connection, and arrived only now.
    at(40, {"findings/c.md": record_text(f"{TWO[:-1]}3", "Late")})
    assert titles(10) == ["Late"]
    assert titles(10) == ["Late"]
    assert titles(11) == []
