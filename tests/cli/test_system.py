"""The circles, versions, lineages, channels and travels of findings on the command line."""

from __future__ import annotations

import pytest


@pytest.fixture
def made(run_cli, vault):
    """Write a record and return its id."""

    def make(kind, title, *options):
        ran = run_cli("new", kind, "--title", title, *options, "--json")
        assert ran.code == 0, ran.err
        return ran.json["id"]

    return make


def set_of(**fields):
    return [part for name, value in fields.items() for part in ("--set", f"{name}={value}")]


class TestCircles:
    def test_without_a_core_there_is_only_the_invitation_to_write_one(self, run_cli, made):
        made("policy", "The tardy rule", *set_of(fit="against it"))
        ran = run_cli("insights", "circles")
        assert "Write down first what you believe" in ran.out
        assert "reflect new instructional-core" in ran.out
        assert "tardy" not in ran.out

    def test_bands_hold_the_records_and_what_pulls_against_the_core_is_asked_about(self, run_cli, made):
        core = made("instructional-core", "What we believe")
        tardy = made("policy", "The tardy rule", *set_of(fit="against it"), "--tag", "learners")
        made("reflection", "Names at the door", *set_of(circle="behaviors and mindsets", fit="cannot tell yet"))
        run_cli("call-in", "Something said in confidence")
        shown = run_cli("insights", "circles").out
        assert "│ ✗ The tardy rule" in shown
        assert "│ │ ? Names at the door" in shown
        assert "│ │   1 call-in " in shown
        assert "learners       ✗ The tardy rule" in shown
        assert "confidence" not in shown + run_cli("insights", "circles", "--json").out
        found = run_cli("insights", "circles", "--json").json
        assert found["core"]["id"] == core
        assert [offer["kind"] for offer in found["offers"]] == ["call-in", "question", "policy"]
        assert found["offers"][1]["command"] == f"reflect new question --set links={tardy}"
        made("question", "Who is late, and why?", "--set", f"links={tardy}")
        after = run_cli("insights", "circles")
        assert "✗ The tardy rule → question “Who is late, and why?”" in after.out
        assert run_cli("insights", "circles", "--json").json["question"] == "What else fills a learner’s day here?"

    def test_the_picture_has_titles_of_what_can_be_shared_and_counts_of_the_rest(self, run_cli, made, tmp_path):
        made("instructional-core", "What we believe")
        made("policy", "A <rule> & more", *set_of(fit="in line with our core"))
        made("reflection", "Said at home", *set_of(circle="policy", fit="against it"))
        run_cli("call-in", "Something said in confidence")
        assert run_cli("insights", "circles", "-o", str(tmp_path / "circles.svg")).code == 0
        svg = (tmp_path / "circles.svg").read_text()
        assert "A &lt;rule&gt; &amp; more" in svg
        assert "1 call-in" in svg
        assert "1 reflection" in svg
        assert "confidence" not in svg
        assert "Said at home" not in svg

    def test_the_pattern_is_shown_from_five_records_that_sit_beside_a_core(self, run_cli, made):
        made("instructional-core", "What we believe")
        for number in range(4):
            made("policy", f"Rule {number}", *set_of(fit="in line with our core"))
        assert run_cli("insights", "symmetry", "--json").json["shown"] is False
        made("policy", "The tardy rule", *set_of(fit="against it"))
        found = run_cli("insights", "symmetry", "--json").json
        assert (found["records"], found["question"]) == (5, "What follows where it pulls against our core?")
        assert [offer["kind"] for offer in found["offers"]] == ["call-in", "question", "policy"]

    def test_a_drawing_of_no_single_record_refuses_one(self, run_cli, made):
        ran = run_cli("insights", "circles", "--for", made("policy", "A rule"))
        assert ran.code != 0
        assert "Leave out --for." in ran.err
