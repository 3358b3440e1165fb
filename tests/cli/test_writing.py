"""`write` and its relatives: where the text comes from, and what becomes of it."""

import datetime as dt

import pytest


def test_write_answers_with_one_line(run_cli, vault):
    ran = run_cli("write", "Tonight I talked too much.", "Next time less.")
    assert ran.code == 0
    assert ran.out.startswith("Saved reflection ")
    assert ran.out.count("\n") == 1
    assert ran.err == ""
    [record] = run_cli("list", "--json").json
    assert record["title"] == "Tonight I talked too much."
    assert record["id"][-6:].lower() in ran.out


def test_a_saved_record_is_in_history_with_no_word_of_it(run_cli, vault, git):
    run_cli("write", "A secret about Dana.")
    assert git("status", "--porcelain") == ""
    assert "Dana" not in git("log", "--format=%s%b")


@pytest.mark.parametrize("arguments", [["write"], ["write", "-"], ["new", "reflection", "-"]])
def test_text_comes_from_a_pipe(run_cli, vault, arguments):
    made = run_cli(*arguments, "--json", input="\ufeffFirst line.\r\n\r\nSecond, with é.\r\n").json
    assert made["body"] == "First line.\n\nSecond, with é."


def test_a_pipe_with_nothing_in_it_is_no_text(run_cli, vault):
    made = run_cli("finding", "--set", "valence=mixed", "--json", input="").json
    assert made["title"].startswith("Finding 20")
    assert made["body"] == ""


def test_a_pipe_is_not_read_where_a_section_is_given(run_cli, vault):
    made = run_cli("finding", "--section", "What we saw=Twelve.", "--json", input="not this").json
    assert made["body"] == "## What we saw\n\nTwelve."


def test_a_guessed_date_is_said(run_cli, vault):
    ran = run_cli("write", "Slow day.", "--at", "last friday", "--json")
    assert ran.err == f"“last friday” is read as {ran.json['created']}.\n"
    assert len(ran.json["created"]) == 10


def test_fields_take_lists_series_and_files(run_cli, vault, tmp_path):
    (tmp_path / "answers.csv").write_text("day,answers\n2026-09-04,12\n2026-09-11,15.5\n")
    made = run_cli("new", "measure", "--title", "Answers", "--set", f"values=@{tmp_path}/answers.csv", "--json").json
    assert made["fields"]["values"] == [["2026-09-04", 12], ["2026-09-11", 15.5]]
    made = run_cli("write", "x", "--set", "tags=a, b", "--tag", "#c", "--set", "people=Dana,Lee", "--json").json
    assert made["tags"] == ["c", "a", "b"]
    assert made["fields"]["people"] == ["Dana", "Lee"]


def test_an_empty_value_clears_a_field_and_its_default(run_cli, vault):
    made = run_cli("call-in", "x", "--set", "status=", "--json").json
    assert "status" not in made["fields"]
    edited = run_cli("edit", made["id"], "--set", "status=held", "--json").json
    assert edited["fields"]["status"] == "held"
    assert "status" not in run_cli("edit", made["id"], "--set", "status=", "--json").json["fields"]


def test_a_lens_is_known_by_its_title_and_an_unknown_one_by_its_neighbors(run_cli, vault):
    assert run_cli("write", "x", "--lens", "History and self", "--json").json["lenses"] == ["history-and-self"]
    refused = run_cli("write", "x", "--lens", "history-self")
    assert refused.code == 2
    assert "history-and-self" in refused.err


def test_a_lens_that_a_record_uses_already_is_taken(run_cli, vault):
    (vault.root / "journal").mkdir()
    (vault.root / "journal" / "2026-01-02-mine.md").write_text("---\nlenses: [our-own]\n---\nText\n")
    assert run_cli("write", "x", "--lens", "our-own", "--json").json["lenses"] == ["our-own"]


def test_an_agenda_is_named_by_folder_title_or_id(run_cli, family_agenda):
    for name in ("what-makes-families-answer", "What makes families answer?", family_agenda[-6:].lower()):
        made = run_cli("new", "question", "--title", "In which language?", "--agenda", name, "--json").json
        assert made["agenda"] == family_agenda
    assert run_cli("write", "x", "--agenda", "nope").err == "reflect: There is no agenda “nope”. See: reflect agenda\n"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["new", "findin", "x"], 2, "no kind of record called “findin”"),
        (["finding", "x", "--set", "valance=mixed"], 2, "valence"),
        (["finding", "x", "--set", "valence=good"], 2, "positive, negative, mixed"),
        (["finding", "--section", "What=x"], 2, "What we saw"),
        (["write", "x", "--at", "the day after never"], 2, "3 weeks ago"),
        (["write", "x", "--set", "next_on=soonish maybe"], 2, "no date"),
        (["new"], 2, "KIND"),
    ],
)
def test_what_does_not_exist_is_refused_with_what_is_allowed(run_cli, vault, arguments, code, says):
    ran = run_cli(*arguments)
    assert ran.code == code
    assert says in ran.err
    assert ran.err.count("\n") == 1
    assert run_cli("list", "--json").json == []


def test_a_day_to_come_is_the_next_and_a_day_that_was_the_last(run_cli, vault):
    made = run_cli("call-in", "Ask.", "--set", "follow_up=friday", "--set", "held_on=friday", "--json").json
    today = dt.date.today()
    assert dt.date.fromisoformat(made["fields"]["follow_up"]) > today
    assert dt.date.fromisoformat(made["fields"]["held_on"]) < today
