"""Writing straight into a community: what may stand there, how names are settled, and what waits to be sent."""

from __future__ import annotations

import pytest

from reflect.community.shares import Share, shares, write_share
from reflect.errors import NotFound, ReflectError
from reflect.records.compose import Content
from tests.community.conftest import record_text

ONE = "01JDA6C4T3W5E9K2M8Q7RZXYV1"
AGENDA = "01JDA6C4T3W5E9K2M8Q7RZAGE1"
FOLDER = "agendas/what-makes-families-answer"


@pytest.fixture
def shared_agenda(workspace, community, peer_writes):
    """A private agenda, with its shared copy in rivertown; returns both ids."""
    own = workspace.new("agenda", Content(title="What makes families answer?")).record.id
    peer_writes({f"{FOLDER}/agenda.md": record_text(AGENDA, "What makes families answer?", "agenda", "Ana")})
    write_share(workspace.vault.root, Share(AGENDA, own, "rivertown", "2026-11-20", "0" * 40))
    workspace.refresh()
    return own, AGENDA


def test_a_record_written_into_a_community_is_mine_there_and_not_sent_yet(workspace, community, shared_agenda):
    own, shared = shared_agenda
    saved = workspace.shared_writing.new("rivertown", "finding", Content(body="Half answered.", agenda=own))
    record = saved.record
    assert (record.author, record.agenda, record.place) == ("Ana", shared, "rivertown")
    assert record.path == f"{FOLDER}/findings/2026-11-23-half-answered-{record.id[-4:].lower()}.md"
    (row,) = [each for each in workspace.rows() if each.id == record.id]
    assert (row.place, row.owner_name, row.unread) == ("rivertown", "Ana", 0)
    assert community.repository.ahead() == 2
    said = community.repository.git.run("log", "-1", "--format=%s%n%ae", "main").decode().split()
    assert said == ["Write", "finding", record.id[-8:].lower(), "anaanana@reflect.invalid"]
    assert not (workspace.vault.root / record.path).exists()


def test_an_agenda_without_a_shared_copy_is_asked_for(workspace, community):
    workspace.new("agenda", Content(title="Who decides?"))
    workspace.refresh()
    with pytest.raises(NotFound, match="“Who decides\\?” has no shared copy in rivertown"):
        workspace.shared_writing.new("rivertown", "finding", Content(body="A word.", agenda="who-decides"))
    assert workspace.communities.get("rivertown").repository.tip() == ""


def test_what_is_private_stays_out(workspace, community):
    with pytest.raises(ReflectError, match="call-in never leaves"):
        workspace.shared_writing.new("rivertown", "call-in", Content(body="What I noticed."))
    with pytest.raises(ReflectError, match=r"People.* private"):
        workspace.shared_writing.new("rivertown", "reflection", Content(body="A meeting.", fields={"people": ["Ruth"]}))
    private = workspace.new("reflection", Content(title="A quiet evening", body="It was quiet.")).record
    workspace.refresh()
    with pytest.raises(ReflectError, match="“A quiet evening”, which is not in rivertown"):
        workspace.shared_writing.new("rivertown", "finding", Content(body="A word.", links=(private.id,)))
    text = workspace.shared_writing.compose("rivertown", workspace.kinds.get("finding"), Content(body="A word."))
    with pytest.raises(ReflectError, match="no field “mood”"):
        workspace.shared_writing.write(
            "rivertown", "finding", text.replace("kind: finding", "mood: low\nkind: finding")
        )
    assert community.repository.tip() == ""


def test_anyone_may_edit_and_the_author_stays(workspace, community, peer_writes):
    peer_writes({"findings/a.md": record_text(ONE, "Families answer")})
    workspace.refresh()
    saved = workspace.change("rivertown:findings/a.md", {"valence": "mixed"}, {"What we saw": "12 of 31."})
    assert (saved.record.author, saved.record.text_of("valence")) == ("Ben", "mixed")
    (row,) = workspace.rows()
    assert (row.owner_name, row.unread) == ("Ben", 0)
    forged = saved.record.text.replace("author: Ben", "author: Cleo").replace("12 of", "13 of")
    assert workspace.save_change(saved.record, forged).record.author == "Ben"


def test_a_key_of_a_peers_newer_program_survives_an_edit(workspace, community, peer_writes):
    text = record_text(ONE, "Families answer").replace(b"kind: finding", b"kind: finding\nweather: rain")
    peer_writes({"findings/a.md": text})
    workspace.refresh()
    assert "weather: rain" in workspace.change(ONE, {"valence": "mixed"}, {}).record.text


def test_an_edit_meets_what_came_meanwhile(workspace, community, peer_writes):
    peer_writes({"findings/a.md": record_text(ONE, "Families answer")})
    workspace.refresh()
    opened = workspace.get(ONE)
    peer_writes({"findings/moved.md": record_text(ONE, "Families answer in time"), "findings/a.md": None})
    saved = workspace.save_change(opened, opened.text.replace("What we saw.", "What we saw: 12 of 31."))
    assert (saved.record.path, saved.record.title, saved.was_merged) == (
        "findings/moved.md", "Families answer in time", True,
    )  # fmt: skip
    assert "12 of 31" in saved.record.body
    again = workspace.get(ONE)
    peer_writes({"findings/moved.md": record_text(ONE, "Families answer in time", body="Their words.")})
    saved = workspace.save_change(again, again.text.replace("12 of 31", "13 of 31"))
    assert saved.second is not None
    assert (saved.second.text_of("conflict_of"), "13 of 31" in saved.second.body) == (ONE, True)
    assert "Their words." in workspace.get(ONE).body
    peer_writes({"findings/moved.md": None})
    with pytest.raises(NotFound, match="withdrawn from rivertown meanwhile"):
        workspace.save_change(saved.record, saved.record.text + "More.\n")


def test_deleting_in_a_community_is_withdrawing(workspace, community, peer_writes):
    peer_writes({"findings/a.md": record_text(ONE, "Families answer")})
    workspace.refresh()
    with pytest.raises(ReflectError, match="withdrawn, not deleted") as refused:
        workspace.delete(ONE)
    assert "reflect withdraw rzxyv1" in refused.value.hint.lower()


def test_what_was_shared_is_written_down(workspace):
    from reflect.community.shares import Copies

    root = workspace.vault.root
    write_share(root, Share(AGENDA, ONE, "rivertown", "2026-11-20", "ab" * 20))
    (root / ".reflect/shared/broken.toml").write_text("to = [")
    assert shares(root) == [Share(AGENDA, ONE, "rivertown", "2026-11-20", "ab" * 20)]
    copies = Copies(shares(root))
    assert (copies.one_with(AGENDA), copies.one_with(ONE)) == ([AGENDA, ONE], [ONE, AGENDA])
    assert (copies.ids_in(ONE, "rivertown"), copies.ids_in(ONE, "lakeside")) == ([AGENDA], [])


def test_a_flag_keeps_everything_back_until_it_is_settled(run_cli, workspace, community):
    refused = run_cli("new", "finding", "Ruth read it aloud.", "--in", "rivertown", "--json")
    assert (refused.code, refused.out) == (1, "")
    assert "“Ruth” (likely name)" in refused.error["message"]
    (draft,) = run_cli("drafts", "--json").json
    assert (draft["community"], draft["id"][-6:].lower() in refused.error["hint"]) == ("rivertown", True)
    assert run_cli("list", "--json").json == []
    settled = ["--replace", "Ruth=a principal"]
    ran = run_cli("drafts", "open", draft["id"], *settled, "--json", env={"EDITOR": "true"})
    assert (ran.json["community"], ran.json["body"]) == ("rivertown", "A principal read it aloud.")
    assert "reflect sync rivertown" in ran.err
    assert run_cli("drafts", "--json").json == []
    for option in (["--keep", "Ruth"], ["--remove", "Ruth"]):
        assert run_cli("new", "finding", "Ruth read it aloud.", "--in", "rivertown", *option).code == 0


def test_an_edit_is_looked_through_for_what_it_adds(run_cli, workspace, community, peer_writes):
    peer_writes({"findings/a.md": record_text(ONE, "Families answer", body="Ruth read it.")})
    assert run_cli("edit", ONE, "--set", "valence=mixed").code == 0
    peer_writes({"findings/a.md": record_text(ONE, "Families answer")})
    refused = run_cli("edit", ONE, "--section", "What we saw=Ruth read it.", "--json")
    (draft,) = run_cli("drafts", "--json").json
    assert (refused.code, draft["path"], draft["community"]) == (1, "findings/a.md", "rivertown")
    ran = run_cli("edit", ONE, "--section", "What we saw=Ruth read it.", "--keep", "Ruth", "--json")
    assert "Ruth read it." in ran.json["body"]


def test_a_text_from_a_pipe_is_kept_when_its_agenda_is_not_there(run_cli, workspace, community):
    refused = run_cli("new", "finding", "-", "--in", "rivertown", "--agenda", "nowhere", input="Written elsewhere.\n")
    assert (refused.code, "no agenda “nowhere” in rivertown" in refused.err) == (1, True)
    (draft,) = run_cli("drafts", "--json").json
    assert (draft["title"], draft["community"]) == ("Written elsewhere.", "rivertown")


def test_history_shows_who_edited_what_stands_in_a_community(run_cli, workspace, community, peer_writes):
    peer_writes({"findings/a.md": record_text(ONE, "Families answer")})
    workspace.refresh()
    workspace.change(ONE, {}, {"What we saw": "12 of 31."})
    versions = run_cli("history", ONE, "--json").json
    assert [each["author"] for each in versions] == ["Ana", "Ben"]
    assert "12 of 31" not in run_cli("show", ONE, "--at", versions[1]["rev"], "--json").json["body"]
    assert "+12 of 31." in run_cli("diff", ONE).out
    assert run_cli("show", ONE, "--at", "--upload-pack=x").code != 0
    assert run_cli("diff", ONE, "nothing").code == 1
