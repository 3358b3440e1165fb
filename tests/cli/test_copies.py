"""Copies of the journal from the command line: added after a question, synced, replaced, brought to a new device."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "disk" / "journal.git"


def test_nothing_is_made_or_sent_before_it_was_confirmed(run_cli, vault, place: Path):
    refused = run_cli("config", "remote", "add", str(place))
    assert refused.code == 1
    assert "call-ins and people too" in " ".join(refused.err.split())
    assert "nothing was sent. To confirm it, add --yes." in refused.err
    assert not place.exists()
    assert run_cli("config", "remote", "list", "--json").json == []


def test_a_copy_is_added_listed_synced_and_disconnected(run_cli, vault, place: Path):
    run_cli("write", "An evening.")
    added = run_cli("config", "remote", "add", str(place), "--name", "disk", "--yes", "--json")
    assert added.code == 0
    assert (added.json["name"], added.json["sent"], added.json["url"]) == ("disk", 1, f"file://{place}")
    run_cli("write", "Another evening.")
    listed = run_cli("config", "remote", "list", "--json").json
    assert listed == [{"name": "disk", "url": str(place), "unsent": 1, "to_replace": False}]
    assert run_cli("sync", "disk").out == "disk: 1 sent.\n"
    assert "ok    copy disk  It was reached, and has all that you wrote." in run_cli("doctor").out
    place.parent.rename(place.parent.with_name("away"))
    assert run_cli("sync").code == 1
    assert run_cli("doctor").code == 0
    assert "is disconnected" in run_cli("config", "remote", "remove", "disk").out
    assert run_cli("sync").out.startswith("There is nothing to sync with yet.")


def test_settings_are_still_set_by_their_names(run_cli, vault):
    assert run_cli("config", "editor", "vi").out == "vi\n"
    assert run_cli("config", "--json").json["editor"] == "vi"
    assert run_cli("config", "editor", "", "--json").json == {"editor": ""}
    assert run_cli("config", "remotes").code == 2


def test_a_new_device_begins_from_a_copy_and_only_in_an_empty_folder(run_cli, vault, place: Path, tmp_path: Path):
    run_cli("write", "An evening.")
    run_cli("config", "remote", "add", str(place), "--yes")
    other = {"REFLECT_HOME": str(tmp_path / "other"), "HOME": str(tmp_path / "other")}
    begun = run_cli("init", str(tmp_path / "other" / "mine"), "--from", str(place), "--json", env=other, apart=True)
    assert begun.code == 0
    assert begun.json["name"] == "Ana"
    env = {**os.environ, **other}
    assert len(run_cli("list", "--json", env=env, apart=True).json) == 1
    again = run_cli("init", str(tmp_path / "other" / "mine"), "--from", str(place), env=env, apart=True)
    assert (again.code, "not empty" in again.err) == (1, True)
    nothing = run_cli("init", str(tmp_path / "third"), "--from", str(tmp_path / "no.git"), env=env, apart=True)
    assert nothing.code == 1
    assert not (tmp_path / "third").exists()


def test_a_copy_with_what_was_erased_is_replaced_after_a_question(run_cli, vault, place: Path):
    record = run_cli("write", "A line that should never have been written down.", "--json").json
    run_cli("config", "remote", "add", str(place), "--yes")
    erased = run_cli("erase", record["id"], "--yes")
    assert "reflect config remote replace journal" in " ".join(erased.out.split())
    assert run_cli("sync").code == 1
    assert "It was reached" not in run_cli("doctor").out
    assert "nothing was replaced" in run_cli("config", "remote", "replace", "journal").err
    assert run_cli("config", "remote", "replace", "journal", "--yes").out == (
        "journal holds your journal as it is now.\n"
    )
    assert run_cli("sync").out == "journal: nothing new.\n"
    assert run_cli("config", "remote", "replace", "journal", "--yes").code == 1
