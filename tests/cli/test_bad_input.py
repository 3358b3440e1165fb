"""What goes wrong around a command: each a sentence, and no text lost."""

import json
import os

import pytest


@pytest.fixture
def fake_git(tmp_path, monkeypatch):
    """Put a `git` of these lines of shell, or none, on PATH in place of the real one."""

    def use(lines: str) -> None:
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        if lines:
            (folder / "git").write_text(f"#!/bin/sh\n{lines}\n")
            (folder / "git").chmod(0o755)
        monkeypatch.setenv("PATH", str(folder))

    return use


def test_without_git_a_text_is_saved_all_the_same(run_cli, vault, fake_git, git, monkeypatch):
    path = os.environ["PATH"]
    fake_git("")
    ran = run_cli("write", "Kept.", apart=True)
    assert ran.code == 0
    assert "git is not installed" in ran.err
    for command in (["history", "nope"], ["undo"], ["init", str(vault.root / "x")]):
        refused = run_cli(*command, apart=True)
        assert refused.code == 1
        assert "git is not installed" in refused.err
    monkeypatch.setenv("PATH", path)
    assert [each["title"] for each in run_cli("list", "--json").json] == ["Kept."]
    assert git("status", "--porcelain") == ""


def test_an_old_git_is_named(run_cli, machine, fake_git):
    fake_git("echo git version 2.20.1")
    ran = run_cli("init", apart=True)
    assert ran.code == 1
    assert "git 2.20 is too old: reflect needs 2.34 or later." in ran.err


def test_a_file_whose_name_is_no_text_is_left_alone_and_said(run_cli, vault):
    folder = vault.root / "findings"
    (folder / os.fsdecode(b"\xe9t\xe9")).mkdir(parents=True)
    for name in (b"\xff.md", b"\xe9t\xe9/a.md"):
        (folder / os.fsdecode(name)).write_text("From an old archive.")
    run_cli("write", "Mine.")
    assert [each["title"] for each in run_cli("list", "--json").json] == ["Mine."]
    said = " ".join(run_cli("doctor").out.split())
    assert "names that are not UTF-8 text: findings/�" in said


@pytest.mark.parametrize("command", ["list", "write", "today", "doctor", "undo", "drafts"])
def test_without_a_vault_the_way_to_one_is_named(run_cli, machine, command):
    ran = run_cli(command, input="Some text.")
    assert ran.code == 1
    assert "reflect init" in ran.err
    assert ran.err.count("\n") == 1


def test_in_a_folder_that_cannot_be_written_the_text_becomes_a_draft(run_cli, vault, monkeypatch):
    if os.geteuid() == 0:
        # Root may write anywhere, so the folder's place is taken by a file.
        (vault.root / "journal").write_text("")
    else:
        vault.root.chmod(0o500)
    ran = run_cli("write", "Words that must stay.")
    vault.root.chmod(0o700)
    assert ran.code == 1
    assert "Not saved" in ran.err
    assert "reflect drafts open" in ran.err
    assert [each["title"] for each in run_cli("drafts", "--json").json] == ["Words that must stay."]


def test_piped_text_is_kept_when_an_option_was_wrong(run_cli, vault):
    ran = run_cli("write", "--agenda", "nope", input="Long text from a pipe.")
    assert ran.code == 1
    assert "draft" in ran.err
    assert [each["title"] for each in run_cli("drafts", "--json").json] == ["Long text from a pipe."]


def test_bytes_that_are_not_utf8_are_refused_by_line_and_kept(run_cli, vault, editor):
    ran = run_cli("write", input="Café\n".encode() + b"caf\xe9\n")
    assert ran.code == 1
    assert "line 2" in ran.err
    assert run_cli("list", "--json").json == []
    [draft] = run_cli("drafts", "--json").json
    editor("""printf 'Caf\\303\\251\\ncaf\\351\\n' | cmp - "$1" && printf 'Mended.\\n' > "$1" """)
    assert run_cli("drafts", "open", draft["id"], "--json").json["body"] == "Mended."


def test_a_text_of_ten_megabytes_is_refused_and_kept(run_cli, vault):
    ran = run_cli("write", input="A sentence of text.\n" * 500_000)
    assert ran.code == 1
    assert "10 MiB" in ran.err
    assert len(run_cli("drafts", "--json").json) == 1


def test_nul_and_other_controls_are_kept_in_the_file_and_not_shown(run_cli, vault):
    text = "Ring \x07 and \x1b]0;title\x07 and \x00 nul.\n"
    made = run_cli("write", "--json", input=text)
    assert made.json["body"] == text.strip()
    assert not {"\x07", "\x1b", "\x00"} & set(made.out)
    assert text in (vault.root / made.json["path"]).read_text()
    for command in (["list"], ["show", made.json["id"]], ["search", "ring"], ["diff", made.json["id"]]):
        assert not {"\x07", "\x1b", "\x00"} & set(run_cli(*command).out)


def test_markup_is_not_interpreted(run_cli, vault):
    made = run_cli("write", "[bold]x[/bold] [/oops] %s {0} \\n", "--json").json
    assert made["title"] == "[bold]x[/bold] [/oops] %s {0} \\n"
    assert made["title"] in run_cli("list").out
    assert made["title"] in run_cli("show", made["id"]).out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["show", "nothing"], 1),
        (["list", "--nope"], 2),
        (["nope"], 2),
        (["search"], 2),
        (["write", "x", "--set", "a"], 2),
        (["drafts", "open"], 2),
        (["list", "--limit", "many"], 2),
        (["search", "since:notaday"], 2),
    ],
)
def test_an_error_is_one_json_value_on_stderr(run_cli, vault, arguments, code):
    ran = run_cli(*arguments, "--json")
    assert ran.code == code
    assert ran.out == ""
    assert set(json.loads(ran.err)["error"]) == {"message", "hint"}
    plain = run_cli(*arguments)
    assert plain.code == code
    assert plain.err.startswith("reflect: ")
    assert plain.err.count("\n") == 1


def test_a_mistake_of_the_program_is_a_sentence_and_debug_shows_where(run_cli, vault, monkeypatch):
    monkeypatch.setattr("reflect.workspace.Workspace.undo", lambda self: 1 / 0)
    ran = run_cli("undo")
    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert ran.err.count("\n") == 1
    assert "ZeroDivisionError" in run_cli("undo", "--debug").err.splitlines()[-1]


def test_an_ending_that_two_records_share_names_both(run_cli, vault):
    folder = vault.root / "journal"
    folder.mkdir()
    for letter in "AB":
        text = f"---\nid: 01JDA6C4T3W5E9K2M8Q7R{letter}XVAB\n---\nText {letter}\n"
        (folder / f"{letter}.md").write_text(text)
    refused = run_cli("show", "xvab")
    assert refused.code == 1
    assert "names 2 records" in refused.err
    assert "Text A" in refused.err
    assert run_cli("show", "axvab", "--json").json["title"] == "Text A"


def test_git_words_are_shown_when_asked_for(run_cli, vault):
    (vault.root / ".git" / "index.lock").write_text("")
    quiet = run_cli("write", "One.")
    assert quiet.code == 0
    assert "index.lock" not in quiet.err
    assert "index.lock" in run_cli("write", "Two.", "--verbose").err
