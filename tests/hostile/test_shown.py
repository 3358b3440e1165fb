"""What is shown of sound-looking places: names that are not, ids that are others', YAML that is no record."""

from __future__ import annotations

import pytest

from tests.hostile import names, texts
from tests.hostile.conftest import Leader, Place
from tests.hostile.large import ZEROS
from tests.hostile.raw import FILE, FOLDER, LINK, REPOSITORY, Item, Raw, record, record_id


def test_each_odd_name_is_named_with_its_reason_and_none_of_them_is_shown(leader: Leader) -> None:
    raw = Raw(leader.new_place())
    assert leader.join(raw.path).code == 0
    raw.commit(names.not_shown(raw))
    ran = leader.done("sync", "rivertown", "--json")
    found = {each["path"].encode("utf-8", "surrogateescape"): each["why"] for each in ran.json[0]["not_shown"]}
    wanted = {b"findings/" + name: why for (_, name), why in names.NOT_SHOWN.items()}
    for name in (b".gitattributes", b".gitmodules"):
        wanted[name] = "a part of its name begins with “.”"
    wanted[b"inner"] = "it is another repository"
    assert found == wanted
    assert leader.titles() == [names.GOOD_TITLE]
    assert leader.done("search", "Hidden", "--json").json == []
    assert "root:" not in leader.run("show", "rivertown:findings/link.md").out


def test_on_a_screen_each_name_is_one_short_line(leader: Leader) -> None:
    raw = Raw(leader.new_place())
    assert leader.join(raw.path).code == 0
    long = [(FILE, b"l" * names.LONG), (FILE, b"rivertown: 9 received.\n  all is well")]
    items = [Item(mode, name, raw.blob(b"x")) for mode, name in long]
    raw.commit(raw.files(names.good(raw), items))
    err = leader.done("sync", "rivertown").err
    assert [line[:12] for line in err.splitlines()] == ["  not shown:", "  not shown:"]
    assert max(map(len, err.splitlines())) < 300


def test_only_one_of_two_names_that_differ_by_capitals_is_shown_and_the_other_when_it_is_alone(leader: Leader) -> None:
    raw = Raw(leader.new_place())
    assert leader.join(raw.path).code == 0
    raw.commit(raw.files({**names.good(raw), "findings/GOOD.md": record(3, "In capitals")}))
    leader.done("sync")
    assert "In capitals" not in leader.titles()
    raw.commit(raw.files({"findings/GOOD.md": record(3, "In capitals")}))
    leader.done("sync")
    assert leader.titles() == ["In capitals"]
    raw.commit(raw.files(names.good(raw) | {"findings/GOOD.md": record(3, "In capitals")}))
    leader.done("sync")
    assert "In capitals" not in leader.titles()


@pytest.mark.parametrize("mode", [LINK, REPOSITORY, FOLDER, "large"])
def test_a_record_that_becomes_something_else_is_shown_no_longer(leader: Leader, mode: str) -> None:
    raw = Raw(leader.new_place())
    assert leader.join(raw.path).code == 0
    files = names.good(raw)
    oid = {
        LINK: raw.blob(b"/etc/passwd"),
        REPOSITORY: "1" * 40,
        FOLDER: raw.files({"x.md": record(3, "Inside")}),
        "large": raw.blob(record(1, "Large", "x" * (5 << 20))),
    }[mode]
    other = Item(FILE, b"better.md", raw.blob(files["findings/better.md"]))
    item = Item(FILE if mode == "large" else mode, b"good.md", oid)
    raw.commit(raw.files({}, [Item(FOLDER, b"findings", raw.sorted_tree([item, other]))]))
    leader.done("sync")
    rows = leader.done("list", "--in", "rivertown", "--json").json
    assert {each["path"] for each in rows} - {"findings/good.md/x.md"} == {"findings/better.md"}
    assert "root:" not in leader.run("show", "rivertown:findings/good.md").out


def test_a_state_that_is_far_too_large_is_passed_over_when_one_looks_back(leader: Leader) -> None:
    raw = Raw(leader.new_place())
    assert leader.join(raw.path).code == 0
    files = names.good(raw)
    large = Item(FILE, b"good.md", raw.zeros(ZEROS))
    raw.commit(raw.files({}, [Item(FOLDER, b"findings", raw.sorted_tree([large]))]))
    raw.commit(raw.files({**files, names.GOOD: files[names.GOOD] + b"More.\n"}))
    leader.done("sync")
    ref = f"rivertown:{names.GOOD}"
    revs = [each["rev"] for each in leader.done("history", ref, "--json").json]
    assert len(revs) == 3
    assert "4 MiB" in leader.refused("diff", ref, revs[1])
    assert "4 MiB" in leader.refused("show", ref, "--at", revs[1])
    assert "+More." in leader.done("diff", ref, revs[2]).out
    leader.done("community", "digest")


def test_yaml_that_runs_or_bursts_is_told_by_its_line_and_shown_as_it_is(leader: Leader, place: Place) -> None:
    assert leader.join(place("yaml")).code == 0
    rows = {each["path"]: each for each in leader.done("list", "--in", "rivertown", "--json").json}
    for name, (block, why) in texts.YAML.items():
        row = rows[f"findings/{name}.md"]
        assert why in (row["unreadable"] or "")
        shown = leader.done("show", f"rivertown:findings/{name}.md", "--json").json
        assert why == "" or block[:60].decode("utf-8", "surrogateescape") in shown["body"]
    assert rows.keys() >= {names.GOOD, "findings/better.md"}
    assert "rivertown" in leader.done("doctor").out


def test_ids_that_name_several_records_or_none_are_told_and_paths_name_them(leader: Leader, place: Place) -> None:
    assert leader.join(place("ids")).code == 0
    assert len(leader.titles()) == 11
    for command in (
        ["show"],
        ["edit", "--set", "title=x"],
        ["delete"],
        ["withdraw"],
        ["history"],
        ["carry", "--to", "steady"],
    ):
        said = leader.refused(command[0], record_id(2), *command[1:], "--yes")
        assert "names 2 records" in said
        assert "rivertown:findings/twin.md" in said
        assert "rivertown:findings/better.md" in said
    assert leader.done("show", "rivertown:findings/twin.md", "--json").json["title"] == "A twin"


def test_an_id_of_the_journal_in_a_strangers_record_stands_in_nobodys_way(leader: Leader) -> None:
    (own,) = leader.done("list", "--in", "vault", "--json").json
    raw = Raw(leader.new_place())
    stolen = record(7, "Stolen").replace(record_id(7).encode(), own["id"].encode())
    raw.commit(raw.files({**names.good(raw), "findings/stolen.md": stolen, own["path"]: stolen}))
    assert leader.join(raw.path).code == 0
    assert leader.done("show", own["path"], "--json").json["community"] is None
    assert leader.done("show", own["id"], "--json").json["community"] is None
    leader.done("edit", own["id"], "--set", "tags=mine")
    assert leader.done("show", own["id"], "--json").json["tags"] == ["mine"]
    leader.done("edit", own["id"], "--set", "tags=")
    assert leader.done("show", "rivertown:findings/stolen.md", "--json").json["title"] == "Stolen"


def test_a_record_that_takes_the_id_of_mine_is_not_mine(leader: Leader) -> None:
    """Neither what is read nor what is withdrawn follows an id that someone else wrote into a file."""
    raw = Raw(leader.new_place())
    assert leader.join(raw.path).code == 0
    leader.done("finding", "Mine, and true.", "--title", "Mine", "--in", "rivertown")
    leader.done("sync")
    (mine,) = [each for each in leader.done("list", "--in", "rivertown", "--json").json if each["title"] == "Mine"]
    forged = record(8, "Forged").replace(record_id(8).encode(), mine["id"].encode())
    forged = forged.replace(b"author: Mallory", b"author: Ana").replace(b"2026-11-20", b"2027-01-01")
    # Changed as well, so that both are read again.
    text = leader.done("show", mine["id"], "--raw").out.encode() + b"\nAnd more.\n"
    raw.commit(
        raw.files({**names.good(raw), mine["path"]: text, "findings/forged.md": forged}), author="Ana <x@e.invalid>"
    )
    leader.done("sync")
    shown = leader.done("show", "rivertown:findings/forged.md").out
    assert "says it is by you; it was added by someone else called Ana" in shown
    leader.done("withdraw", f"rivertown:{mine['path']}", "--yes")
    assert "Mine" not in leader.titles()
    assert "Forged" in leader.titles()


def test_a_name_that_only_looks_like_mine_is_told(leader: Leader) -> None:
    raw = Raw(leader.new_place())
    for number, name in enumerate(["A\u200bna", "Ana\ufeff", "A\u2060n\u00ada", "\u200fAna"]):
        text = record(10 + number, f"Not hers {number}").replace(b"author: Mallory", f"author: {name}".encode())
        raw.commit(
            raw.files({**names.good(raw), f"findings/not-{number}.md": text}), author=f"{name} <x{number}@e.invalid>"
        )
        if number == 0:
            assert leader.join(raw.path).code == 0
        leader.done("sync")
        assert "says it is by you" in leader.done("show", f"rivertown:findings/not-{number}.md").out


def test_a_title_with_nothing_to_see_gives_way_to_the_first_line(leader: Leader, place: Place) -> None:
    assert leader.join(place("steering")).code == 0
    assert leader.done("show", "rivertown:findings/nothing.md", "--json").json["title"] == "What we saw."
