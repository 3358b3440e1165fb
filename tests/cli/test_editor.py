"""Writing in one's own editor."""

import stat


def test_a_new_record_is_written_in_the_editor(run_cli, vault, editor):
    editor("""sed -i 's/^## What we saw$/&\\n\\nTwelve answered./' "$1"; cp "$1" "$1.seen" && rm "$1.seen" """)
    made = run_cli("finding", "--edit", "--set", "valence=mixed", "--json").json
    assert made["title"] == "Twelve answered."
    assert made["body"] == "## What we saw\n\nTwelve answered."
    assert made["fields"]["valence"] == "mixed"


def test_the_file_is_private_and_gone_afterwards(run_cli, vault, editor, tmp_path, machine):
    editor(f"""stat -c '%a %n' "$1" > {tmp_path}/seen; echo text >> "$1" """)
    assert run_cli("write", "--edit").code == 0
    mode, path = (tmp_path / "seen").read_text().split()
    assert mode == "600"
    assert path.startswith(str(machine / "state"))
    folder = next((machine / "state").glob("*/editing"))
    assert list(folder.iterdir()) == []
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_an_editor_closed_unchanged_changes_nothing(run_cli, vault, editor, git):
    run_cli("write", "One.")
    [record] = run_cli("list", "--json").json
    editor("true")
    ran = run_cli("edit", record["id"])
    assert ran.code == 0
    assert "Nothing changed" in ran.err
    assert git("rev-list", "--count", "HEAD").strip() == "2"
    assert run_cli("write", "--edit").code == 1
    assert len(run_cli("list", "--json").json) == 1


def test_an_editor_that_fails_saves_nothing_and_keeps_the_text(run_cli, vault, editor):
    run_cli("write", "One.")
    [record] = run_cli("list", "--json").json
    editor('echo "Typed before it failed." >> "$1"; exit 1')
    ran = run_cli("edit", record["id"])
    assert ran.code == 1
    [draft] = run_cli("drafts", "--json").json
    assert draft["id"][-6:].lower() in ran.err
    assert "Typed" not in run_cli("show", record["id"]).out
    editor("true")
    assert run_cli("drafts", "open", draft["id"][-6:]).code == 0
    assert "Typed before it failed." in run_cli("show", record["id"]).out
    assert run_cli("drafts", "--json").json == []


def test_typed_text_is_kept_when_the_editor_fails(run_cli, vault, editor):
    editor("exit 3")
    assert run_cli("write", "Words of mine.", "--edit").code == 1
    assert [each["title"] for each in run_cli("drafts", "--json").json] == ["Words of mine."]


def test_an_unreadable_result_becomes_a_draft_and_not_a_record(run_cli, vault, editor):
    made = run_cli("write", "One.", "--json").json
    editor("""printf -- '---\\nid: x\\nid: y\\n---\\nMy new words.\\n' > "$1" """)
    ran = run_cli("edit", made["id"])
    assert ran.code == 1
    assert "line 3" in ran.err
    assert "draft" in ran.err
    assert run_cli("show", made["id"], "--json").json["body"] == "One."


def test_a_draft_can_be_thrown_away(run_cli, vault, editor):
    editor("exit 1")
    run_cli("write", "Words.", "--edit")
    [draft] = run_cli("drafts", "--json").json
    assert run_cli("drafts", "discard", draft["id"][-6:].lower(), "--json").json == {"id": draft["id"]}
    assert run_cli("drafts").err == "There are no drafts: all you wrote is saved.\n"


def test_no_editor_is_a_sentence_with_a_way_forward(run_cli, vault, monkeypatch):
    ran = run_cli("write", "--edit")
    assert ran.code == 1
    assert "reflect config editor" in ran.err
    monkeypatch.setenv("EDITOR", "no-such-editor --wait")
    assert "no-such-editor" in run_cli("write", "--edit").err


def test_the_setting_wins_over_the_environment(run_cli, vault, editor, tmp_path):
    editor("exit 1")
    own = tmp_path / "own"
    own.write_text('#!/bin/sh\necho "From my own." >> "$1"\n')
    own.chmod(0o755)
    assert run_cli("config", "editor", str(own)).code == 0
    assert run_cli("write", "--edit", "--json").json["title"] == "From my own."
