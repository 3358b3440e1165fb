"""What a community brings along of its own: valid there only, limited, and unable to open what is private."""

from __future__ import annotations

import pytest

from tests.community.conftest import record_text

ONE = "01JDA6C4T3W5E9K2M8Q7RZXYV1"
TWO = "01JDA6C4T3W5E9K2M8Q7RZXYV2"
WALK = """
name = "walk"
label = "Classroom walk"
folder = "walks"
share = "ask"
[[field]]
name = "grade"
type = "text"
[[section]]
title = "What we saw"
"""


def test_a_kind_of_a_community_holds_there_and_nowhere_else(workspace, community, peer_writes):
    peer_writes({"walks/one.md": record_text(ONE, "Grade 4", kind="").replace(b"kind: \n", b"")})
    workspace.refresh()
    assert workspace.rows() == []
    peer_writes({"reflect/kinds/walk.toml": WALK.encode()})
    workspace.refresh()
    assert [(row.kind, row.title) for row in workspace.rows()] == [("walk", "Grade 4")]
    assert workspace.kinds_of("rivertown").get("Classroom walk").field("grade") is not None
    assert workspace.kinds.find("walk") is None
    assert workspace.kinds_of("").find("walk") is None
    peer_writes({"reflect/kinds/walk.toml": None})
    workspace.refresh()
    assert workspace.rows() == []


def test_lists_can_be_narrowed_to_a_kind_of_a_community(run_cli, workspace, community, peer_writes):
    peer_writes({"reflect/kinds/walk.toml": WALK.encode(), "walks/one.md": record_text(ONE, "Grade 4", "walk")})
    peer_writes({"findings/two.md": record_text(TWO, "Another")})
    assert [each["id"] for each in run_cli("list", "--kind", "walk", "--json").json] == [ONE]
    assert "no kind of record" in run_cli("list", "--kind", "nope").err
    assert "walk" in [each["name"] for each in run_cli("kinds", "--in", "rivertown", "--json").json]
    assert "walk" not in [each["name"] for each in run_cli("kinds", "--json").json]


@pytest.mark.parametrize(
    "text",
    [
        'name = "call-in"\nlabel = "Call-in"\nfolder = "call-ins"\nshare = "ask"',
        'name = "walk"\nlabel = "Walk"\nfolder = "journal"\nshare = "ask"',
        'name = "walk"\nlabel = "REFLECTION"\nfolder = "walks"\nshare = "ask"',
        'name = "walk"\nlabel = "Walk"\nlabel_es = "Persona"\nfolder = "walks"\nshare = "ask"',
        'name = "walk"\nlabel = "Walk"\nfolder = "people"\nshare = "ask"',
    ],
)
def test_a_community_cannot_open_a_private_kind(workspace, community, peer_writes, text):
    name = text.split('"')[1]
    peer_writes({f"reflect/kinds/{name}.toml": text.encode()})
    kinds = workspace.kinds_of("rivertown")
    assert [kinds.get(each).is_private for each in ("call-in", "person")] == [True, True]
    assert not kinds.get("reflection").may_be_in_a_community
    kinds.all()
    assert "private in every journal" in " ".join(kinds.problems)
    assert kinds.find("walk") is None
    assert kinds.folders == workspace.kinds.folders


def test_what_is_private_in_a_kind_stays_private_in_a_communitys_form_of_it(workspace, community, peer_writes):
    known = next(k for k in workspace.kinds.all() if k.may_be_in_a_community and any(f.private for f in k.fields))
    field = next(f for f in known.fields if f.private)
    text = f'name = "{known.name}"\nlabel = "Ours"\nfolder = "{known.folder}"\nshare = "ask"\n'
    text += f'[[field]]\nname = "{field.name}"\ntype = "text"\n'
    peer_writes({f"reflect/kinds/{known.name}.toml": text.encode()})
    kinds = workspace.kinds_of("rivertown")
    assert kinds.get(known.name).label == "Ours"
    assert kinds.get(known.name).field(field.name).private
    assert "stays so" in " ".join(kinds.problems)


def test_a_mistake_in_a_kind_is_said_and_the_default_holds(workspace, community, peer_writes):
    peer_writes({
        "reflect/kinds/finding.toml": b'name = "finding"\nlabel = 3',
        "reflect/kinds/deep.toml": b"a = " + b"[" * 60_000,
        "reflect/kinds/large.toml": b"# " + b"x" * 70_000,
        "reflect/kinds/Odd name.toml": b'name = "Odd name"\nlabel = "x"\nfolder = "odd"',
        "community.toml": b"[privacy]\ngroup = 'few'",
    })  # fmt: skip
    kinds = workspace.kinds_of("rivertown")
    assert kinds.get("finding") == workspace.kinds.get("finding")
    kinds.all()
    said = " ".join([*kinds.problems, *community.own_data.problems])
    for words in ("`label` is 3", "nested too deeply", "large.toml: larger than 64 KiB", "Odd name", "privacy.group"):
        assert words in said
    assert community.about.group == 5


def test_no_more_than_fifty_kinds_are_read(workspace, community, peer_writes):
    def kind(number: int) -> bytes:
        return f'name = "kind-{number:02}"\nlabel = "K{number}"\nfolder = "k{number:02}"\nshare = "ask"'.encode()

    peer_writes({f"reflect/kinds/kind-{number:02}.toml": kind(number) for number in range(60)})
    assert len(workspace.kinds_of("rivertown").all()) == len(workspace.kinds.all()) + 50
    assert "60 files" in " ".join(community.own_data.problems)


def test_a_framework_of_a_community_prompts_there_and_a_bad_one_is_left_out(workspace, community, peer_writes):
    good = '[[lens]]\nslug = "river"\ntitle = "River"\nprompts = ["What flows?"]\n'
    peer_writes({
        "reflect/frameworks/ours.toml": f'name = "ours"\ntitle = "Ours"\nsource = "Us"\n{good}'.encode(),
        "reflect/frameworks/bad.toml": b'name = "bad"\ntitle = "Bad"\nsource = "x"\nlens = "oops"',
        "reflect/frameworks/empty.toml": b'name="e"\ntitle="E"\nsource="x"\n[[lens]]\nslug="s"\ntitle="t"\nprompts=[]',
    })  # fmt: skip
    names = [each.name for each in workspace.frameworks_of("rivertown")]
    assert names[-1] == "ours"
    assert names[:-1] == [each.name for each in workspace.frameworks]


def test_what_a_community_says_of_itself_is_changed_and_the_rest_stays(run_cli, workspace, community, peer_writes):
    text = (
        b'# Ours.\nname = "Rivertown" # since 2019\ncolor = "blue"\n[[stewards]]\nrole = "Coordinator"\nreach = "old"\n'
    )
    peer_writes({"community.toml": text})
    changed = run_cli(
        "community", "about", "rivertown", "--purpose", "Hear.", "--steward", "coordinator=new@example.org", "--json"
    )  # fmt: skip
    assert changed.json["stewards"] == [{"role": "coordinator", "reach": "new@example.org"}]
    assert changed.json["purpose"] == "Hear."
    after = community.repository.text_at("community.toml").decode()
    for kept in ("# Ours.", 'name = "Rivertown" # since 2019', 'color = "blue"'):
        assert kept in after
    assert run_cli("community", "about", "rivertown", "--no-steward", "Coordinator", "--json").json["stewards"] == []
    assert run_cli("community", "about", "rivertown", "--steward", "nobody").code == 2
    assert community.repository.ahead() == 3


def test_a_private_key_never_gets_into_what_a_community_says_of_itself(run_cli, workspace, community, tmp_path):
    from reflect.store import ssh

    ssh.make_key(tmp_path / "key", "ben")
    assert run_cli("community", "about", "rivertown", "--key", f"Ben={tmp_path / 'key'}").code == 2
    assert run_cli("community", "about", "rivertown", "--key", f"Ben={tmp_path / 'key.pub'}").code == 0
    assert [key.author for key in community.about.keys] == ["Ben"]
    assert b"PRIVATE" not in community.repository.text_at("community.toml")


def test_sets_of_ones_own_and_of_a_community_are_listed_with_where_they_come_from(
    run_cli, workspace, community, peer_writes
):
    text = 'set = 8\ntitle = "Ours"\n[[item]]\ntype = "read"\ntitle = "A page"\n'
    folder = workspace.vault.root / ".reflect" / "resources"
    folder.mkdir(parents=True)
    (folder / "ours.toml").write_text(text)
    (folder / "broken.toml").write_text("set = ")
    peer_writes({"reflect/resources/hub-leadership.toml": text.replace("Ours", "Rivertown’s").encode()})
    peer_writes({"reflect/resources/bad.toml": b"set = 'x'\n", "reflect/journeys/walk.toml": b"name = 'w'\n"})
    workspace.refresh()
    ran = run_cli("resources", "--json")
    origins = [(each["title"], each["origin"]) for each in ran.json if each["origin"]]
    assert origins == [("Rivertown’s", "rivertown"), ("Ours", "vault")]
    assert [each["set"] for each in ran.json].count(5) == 1
    assert "broken.toml: not TOML" in ran.err
    assert "rivertown: bad.toml, line 1" in ran.err
    run_cli("resources", "done", "rivertown:hub-leadership", "1")
    by_title = {each["title"]: each["items"][0]["done"] for each in run_cli("resources", "--json").json}
    assert (by_title["Rivertown’s"], by_title["Ours"], by_title["Hub Leadership"]) == (True, False, False)


def test_a_journey_of_a_community_holds_there_alone(run_cli, workspace, community, peer_writes):
    text = b'name="walks"\ntitle="Walks"\nsource="Ours."\n[[stage]]\nslug="a"\ntitle="A"\nask="A?"\n'
    peer_writes({"reflect/journeys/walks.toml": text + b'[[stage.exit]]\nkind="activity"\n'})
    workspace.refresh()
    assert "walks" in [each["name"] for each in run_cli("journeys", "--in", "rivertown", "--json").json]
    assert "walks" not in [each["name"] for each in run_cli("journeys", "--json").json]
