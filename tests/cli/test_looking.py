"""The commands that look: lists, agendas, today, and what is available."""

from reflect.cli.group import COMMANDS


def test_list_filters(run_cli, family_agenda):
    run_cli("write", "Old.", "--at", "2026-01-05", "--tag", "meetings")
    run_cli("write", "New.", "--at", "2026-03-05", "--lens", "identity-and-belonging")
    run_cli("finding", "In it.", "--agenda", family_agenda)

    def titles(*arguments):
        return [each["title"] for each in run_cli("list", *arguments, "--json").json]

    assert titles("--since", "2026-02-01", "--until", "2026-03-05") == ["New."]
    assert titles("--tag", "meetings") == ["Old."]
    assert titles("--lens", "identity-and-belonging") == ["New."]
    assert titles("--kind", "finding", "--agenda", family_agenda) == ["In it."]
    assert titles("--kind", "reflection", "--limit", "1") == ["New."]
    assert titles("--kind", "reflection", "--offset", "1") == ["Old."]
    assert titles("--in", "vault", "--kind", "reflection") == ["New.", "Old."]
    assert titles("--kind", "reflection", "--sort", "oldest") == ["Old.", "New."]
    assert run_cli("list", "--in", "elsewhere").code == 2


def test_list_is_aligned_and_fits(run_cli, vault):
    run_cli("write", "--title", "A title " + "that goes on " * 10, "--tag", "x")
    run_cli("call-in", "--title", "日本語のとても長い題名" * 6)
    lines = run_cli("list").out.splitlines()
    assert len({line.index("  ") for line in lines}) == 1
    assert all(len(line) <= 80 for line in lines)
    assert all(line.endswith("…") for line in lines)


def test_list_of_one_kind_has_its_columns(run_cli, vault):
    run_cli("call-in", "Ask about the list.", "--set", "status=held", "--set", "direction=peer")
    line = run_cli("list", "--kind", "call-in").out
    assert "held" in line
    assert "peer" in line


def test_show_raw_is_the_file_byte_for_byte(run_cli, vault):
    path = vault.root / "journal" / "2026-01-02-by-hand.md"
    path.parent.mkdir()
    path.write_bytes(b"---\r\ntitle: 'By hand'  # mine\r\n---\r\nText \x1b[31m with \xff bytes\r\n")
    ran = run_cli("show", "journal/2026-01-02-by-hand.md", "--raw")
    assert ran.out.encode(errors="surrogateescape") == path.read_bytes()
    shown = run_cli("show", "journal/2026-01-02-by-hand.md", "--json").json
    assert shown["unreadable"].startswith("line 4")
    assert shown["id"] is None


def test_what_links_here_is_shown(run_cli, vault):
    first = run_cli("write", "First.", "--json").json
    run_cli("write", f"Second, after [[{first['id']}]].", "--title", "Second")
    shown = run_cli("show", first["id"]).out
    assert "Linked from" in shown
    assert "Second" in shown


def test_an_agenda_as_a_tree(run_cli, family_agenda):
    question = run_cli("new", "question", "--title", "In which language?", "--agenda", family_agenda, "--json").json
    run_cli("finding", "Spanish works.", "--agenda", family_agenda, "--set", f"question={question['id'][-6:]}")
    shown = run_cli("agenda", "what-makes-families-answer").out
    assert shown.index("In which language?") < shown.index("  Spanish works.")
    assert "How open it is" in shown
    answer = run_cli("agenda", family_agenda, "--json").json
    assert [each["title"] for each in answer["questions"]] == ["In which language?"]
    assert [each["title"] for each in answer["findings"]] == ["Spanish works."]
    assert set(answer["openness"]) == {"known", "engaged", "shared", "explained"}
    assert [each["id"] for each in run_cli("agenda", "--json").json] == [family_agenda]


def test_deleting_an_agenda_with_records_wants_a_yes(run_cli, family_agenda):
    run_cli("new", "question", "--title", "Why?", "--agenda", family_agenda)
    refused = run_cli("delete", family_agenda)
    assert refused.code == 1
    assert "--yes" in refused.err
    assert run_cli("--yes", "delete", family_agenda).code == 0


def test_an_open_loop_can_be_hidden_or_let_rest(run_cli, vault, git):
    for _ in range(2):
        run_cli("call-in", "Ask.", "--set", "follow_up=2020-01-01")
    first, second = run_cli("today", "--json").json["due"]
    assert first["loop"] == "call-in-due"
    assert run_cli("loop", "snooze", first["id"], "call-in-due", "--until", "in 2 weeks").code == 0
    assert run_cli("loop", "rest", second["id"], "call-in-due", "--reason", "We talked.").code == 0
    assert run_cli("today", "--json").json["due"] == []
    assert run_cli("loop", "--json").json == []
    assert "We talked." in (vault.root / ".reflect" / "rests" / f"{second['id']}.toml").read_text()
    assert git("status", "--porcelain") == ""
    assert run_cli("loop", "rest", first["id"], "no-such-loop").code == 1
    assert run_cli("loop", "snooze", first["id"], "call-in-due", "--until", "2020-01-01").code == 2


def test_today_has_a_prompt_and_this_day_in_other_years(run_cli, vault):
    answer = run_cli("today", "--json").json
    assert answer["prompt"]["text"].endswith("?")
    assert set(answer) >= {"day", "due", "unread", "drafts", "on_this_day"}
    assert answer["prompt"]["lens"] in run_cli("today").out


def test_what_is_available(run_cli, vault):
    kinds = {each["name"]: each for each in run_cli("kinds", "--json").json}
    assert kinds["finding"]["fields"][0]["name"]
    assert set(kinds["finding"]) >= {"label", "folder", "share", "columns", "source", "sections"}
    assert {"name", "title", "source", "lenses"} <= set(run_cli("frameworks", "--json").json[0])
    assert set(run_cli("prompts", "--json").json[0]) == {"framework", "lens", "group", "number", "text"}
    for command in ("kinds", "frameworks", "prompts"):
        assert all(len(line) <= 80 for line in run_cli(command).out.splitlines())


def test_a_kind_file_can_be_checked(run_cli, vault, tmp_path):
    good, bad = tmp_path / "walk.toml", tmp_path / "talk.toml"
    good.write_text('name = "walk"\nlabel = "Walk"\nfolder = "walks"\n')
    bad.write_text('name = "talk"\nlabel = "Talk"\nfolder = "talks"\n[[field]]\nname = "x"\ntype = "nope"\n')
    assert run_cli("kinds", "--check", str(good)).code == 0
    refused = run_cli("kinds", "--check", str(bad))
    assert refused.code == 1
    assert "talk.toml" in refused.err
    assert "long-text" in refused.err


def test_a_kind_of_ones_own_has_commands_and_help(run_cli, vault):
    own = vault.root / ".reflect" / "kinds"
    own.mkdir()
    (own / "walk.toml").write_text(
        'name = "walk"\nlabel = "Walk"\nfolder = "walks"\n[[field]]\nname = "room"\ntype = "text"\n'
    )
    assert "room" in run_cli("new", "walk", "--help").out
    assert run_cli("new", "walk", "A walk.", "--set", "room=12", "--json").json["path"].startswith("walks/")


def test_settings_are_shown_and_set(run_cli, machine):
    assert run_cli("config", "measure", "90").out == "90\n"
    assert run_cli("config", "measure", "--json").json == {"measure": "90"}
    assert "measure" in run_cli("config").out
    assert run_cli("config", "measure", "3").code == 2
    assert run_cli("config", "nope").code == 2


def test_doctor_and_reindex(run_cli, vault):
    run_cli("write", "One.")
    answer = run_cli("doctor", "--json")
    assert answer.code == 0
    assert answer.json["ok"] is True
    assert {"name", "ok", "detail", "fix"} <= set(answer.json["checks"][0])
    assert run_cli("reindex", "--json").json == {"records": 1}


def test_init_makes_a_vault_and_reflect_finds_it_again(run_cli, machine, tmp_path):
    assert run_cli("list").code == 1
    assert "reflect init" in run_cli("list").err
    folder = tmp_path / "my journal"
    answer = run_cli("init", str(folder), "--name", "Ana", "--json")
    assert answer.json["vault"] == str(folder)
    assert answer.json["name"] == "Ana"
    assert run_cli("write", "One.").code == 0
    assert len(list((folder / "journal").rglob("*.md"))) == 1
    assert run_cli("init", str(folder), "--json").json["id"] == answer.json["id"]


def test_init_says_what_a_synced_folder_means(run_cli, tmp_path):
    assert "Dropbox" in run_cli("init", str(tmp_path / "Dropbox" / "journal")).err


def test_every_command_has_help_with_an_example(run_cli):
    listed = run_cli("--help").out
    for name, summary in [pair for commands in COMMANDS.values() for pair in commands.items()]:
        shown = run_cli(name, "--help").out
        assert f"reflect {name}" in shown
        assert "Examples:" in shown
        assert "--json" in shown
        assert summary in " ".join(shown.split()), name
        assert name in listed


def test_help_for_a_kind_shows_its_fields_and_sections(run_cli):
    for arguments in (["new", "finding", "--help"], ["new", "--help", "finding"], ["finding", "--help"]):
        shown = " ".join(run_cli(*arguments).out.split())
        assert "positive, negative, mixed, no difference, too early" in shown
        assert "What we saw" in shown


def test_import_says_what_came_in_and_the_second_time_adds_nothing(run_cli, vault, tmp_path):
    path = tmp_path / "journal.txt"
    path.write_text("[2026-01-02 10:00] A title.\nText of the entry.\n")
    assert "Would add 1 record" in run_cli("import", "jrnl", str(path), "--dry-run").out
    assert run_cli("list", "--json").json == []
    assert run_cli("import", "jrnl", str(path), "--json").json == {
        "added": 1,
        "unchanged": 0,
        "skipped": [],
        "noted": [],
    }
    assert run_cli("import", "jrnl", str(path), "--json").json["unchanged"] == 1
    assert run_cli("import", "jrnl", str(tmp_path / "nope")).code == 1
    assert run_cli("import", "diary", str(path)).code == 2


def test_the_demo_is_a_home_of_its_own(run_cli, machine, tmp_path):
    answer = run_cli("demo", str(tmp_path / "demo"), "--no-open", "--json").json
    assert answer["vault"] == str(tmp_path / "demo" / "vault")
    assert len(run_cli("list", "--json", env={"REFLECT_HOME": answer["home"]}).json) > 30
    assert run_cli("list").code == 1


def test_an_agenda_begins_from_an_example_and_is_taken_back(run_cli, vault):
    starter = run_cli("agenda", "--start", "?", "--json").json[0]
    assert run_cli("agenda", "--start", "nope").code == 1
    ran = run_cli("agenda", "--start", starter["name"], "--json")
    assert ran.json["path"] == f"agendas/{starter['name']}/agenda.md"
    assert starter["title"] in run_cli("agenda", starter["name"]).out
    run_cli("undo")
    assert run_cli("agenda", "--json").json == []
