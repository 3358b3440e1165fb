"""On a real terminal: color, cuts, and nothing that could steer it."""

import shlex
import subprocess
import sys


def test_control_characters_never_reach_the_terminal(on_terminal, run_cli, vault):
    made = run_cli("write", "--json", input="Evil \x1b]52;c;ZXZpbA==\x07 \x9b31m \u202e text.\n").json
    for command in (["show", made["id"]], ["show", made["id"], "--raw"], ["list"], ["search", "evil"], ["drafts"]):
        code, shown = on_terminal(*command, env={"NO_COLOR": "1"})
        assert code == 0
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(shown), command
    code, shown = on_terminal("show", "\x1b]52;c;ZXZpbA==\x07")
    assert code == 1
    assert "\x1b" not in shown


def test_color_is_for_terminals_and_no_color_is_honored(on_terminal, run_cli, vault):
    run_cli("write", "One.")
    assert "\x1b[" in on_terminal("list")[1]
    assert "\x1b" not in on_terminal("list", env={"NO_COLOR": "1"})[1]
    assert "\x1b" not in run_cli("list", apart=True).out


def test_a_long_list_stops_and_says_so(on_terminal, run_cli, vault):
    folder = vault.root / "journal"
    folder.mkdir()
    for number in range(60):
        (folder / f"2026-01-01-{number}.md").write_text(f"Text {number}\n")
    code, shown = on_terminal("list")
    assert code == 0
    assert len(shown.splitlines()) == 51
    assert "10 more" in shown
    assert len(run_cli("list").out.splitlines()) == 60


def test_plain_reflect_without_a_terminal_says_what_else_there_is(run_cli, on_terminal, vault):
    ran = run_cli()
    assert ran.code == 1
    assert "reflect write" in ran.err
    assert "reflect --plain" in ran.err
    code, shown = on_terminal(env={"TERM": "dumb"})
    assert code == 1
    assert "terminal" in shown
    assert "reflect --plain" in shown


def test_without_a_vault_and_terminal_init_is_named(run_cli, machine):
    assert "reflect init" in run_cli().err


def test_write_on_a_terminal_opens_the_editor(on_terminal, run_cli, vault, editor):
    editor('echo "From the editor." >> "$1"')
    code, shown = on_terminal("write")
    assert code == 0
    assert "Saved reflection" in shown


def test_deleting_asks_on_a_terminal(on_terminal, run_cli, vault):
    made = run_cli("write", "One.", "--json").json
    assert on_terminal("delete", made["id"])[0] == 0


def test_a_closed_pipe_is_silent(run_cli, vault):
    for number in range(20):
        run_cli("write", f"Text {number}. " + "word " * 200)
    command = f"{shlex.quote(sys.executable)} -m reflect list --json | head -c 10 > /dev/null; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert done.stderr == ""
    assert done.stdout == "0\n"


def test_the_meeting_view_stands_alone_and_needs_a_terminal_and_a_journal(run_cli, on_terminal, machine):
    assert run_cli("--meeting", "list").code == 2
    assert "terminal" in run_cli("--meeting").err
    code, shown = on_terminal("--meeting")
    assert code == 1
    assert "no journal yet" in shown
