"""A script that a stranger could write from the help texts alone."""


def test_a_finding_from_first_writing_to_restore(run_cli, vault, family_agenda):
    options = ["--set", "valence=negative", "--section", "What we saw=12 of 31 answered."]
    made = run_cli("--vault", str(vault.root), "new", "finding", "--agenda", family_agenda, *options, "--json").json
    assert made["title"] == "12 of 31 answered."
    assert made["path"].startswith("agendas/what-makes-families-answer/findings/")
    assert made["fields"]["valence"] == "negative"
    assert made["sections"] == [{"title": "What we saw", "text": "12 of 31 answered."}]
    assert set(made) >= {
        "id",
        "kind",
        "created",
        "author",
        "community",
        "agenda",
        "lenses",
        "tags",
        "body",
        "unreadable",
    }
    name = made["id"][-6:].lower()

    listed = run_cli("list", "--agenda", "what-makes-families-answer", "--kind", "finding", "--json").json
    assert [each["id"] for each in listed] == [made["id"]]
    assert "body" not in listed[0]
    assert "sections" not in listed[0]

    [hit] = run_cli("search", "answered", "--json").json
    assert "12 of 31 answered." in hit["snippet"]

    assert run_cli("edit", name, "--set", "valence=mixed", "--json").json["fields"]["valence"] == "mixed"
    assert run_cli("show", name, "--json").json["fields"]["valence"] == "mixed"

    states = run_cli("history", name, "--json").json
    assert [set(each) for each in states] == [{"rev", "at", "author", "message"}] * 2
    assert "-valence: negative" in run_cli("diff", name).out
    restored = run_cli("restore", name, "--at", states[-1]["rev"], "--json").json
    assert restored["fields"]["valence"] == "negative"

    assert run_cli("delete", name, "--json").json["id"] == made["id"]
    assert run_cli("list", "--kind", "finding", "--json").json == []
    assert [each["id"] for each in run_cli("list", "--deleted", "--json").json] == [made["id"]]
    assert run_cli("restore", name, "--json").json["id"] == made["id"]
    assert len(run_cli("history", name, "--json").json) == 5


def test_options_of_all_commands_stand_before_or_after(run_cli, vault):
    run_cli("write", "One.")
    before = run_cli("--json", "--vault", str(vault.root), "list")
    after = run_cli("list", "--vault", str(vault.root), "--json")
    assert before == after
    assert [each["title"] for each in after.json] == ["One."]


def test_undo_takes_the_last_change_back_and_forth(run_cli, vault):
    run_cli("write", "One.")
    assert run_cli("undo").out.startswith("Taken back: journal/")
    assert run_cli("list", "--json").json == []
    assert run_cli("undo").code == 0
    assert [each["title"] for each in run_cli("list", "--json").json] == ["One."]
