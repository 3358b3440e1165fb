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
        for number in range(4):
            made("policy", f"Rule {number}", *set_of(fit="in line with our core"))
        assert run_cli("insights", "symmetry", "--json").json["shown"] is False
        made("policy", "The tardy rule", *set_of(fit="against it"))
        without = run_cli("insights", "symmetry", "--json").json
        assert [offer["kind"] for offer in without["offers"]] == ["instructional-core"]
        assert without["figure"]["parts"] == []
        made("instructional-core", "What we believe")
        found = run_cli("insights", "symmetry", "--json").json
        assert (found["records"], found["question"]) == (5, "What follows where it pulls against our core?")
        assert [offer["kind"] for offer in found["offers"]] == ["call-in", "question", "policy"]

    def test_a_drawing_of_no_single_record_refuses_one(self, run_cli, made):
        ran = run_cli("insights", "circles", "--for", made("policy", "A rule"))
        assert ran.code != 0
        assert "Leave out --for." in ran.err

    def test_a_name_that_is_misspelled_is_answered_with_the_right_one(self, run_cli, vault):
        assert "Did you mean circles" in run_cli("insights", "circels").err

    def test_a_lens_that_was_removed_stays_on_its_records_and_breaks_nothing(self, run_cli, made, vault):
        used = made("reflection", "Names at the door", *set_of(circle="policy"), "--lens", "agency")
        made("instructional-core", "What we believe")
        [path] = vault.root.glob("journal/*/*/*names-at-the-door*")
        path.write_text(path.read_text().replace("[agency]", "[gone-lens]"))
        assert run_cli("show", used, "--json").json["lenses"] == ["gone-lens"]
        assert [each["id"] for each in run_cli("list", "--lens", "gone-lens", "--json").json] == [used]
        assert "Names at the door" in run_cli("insights", "circles").out
        assert run_cli("insights").code == 0


class TestVersions:
    def test_they_stand_newest_first_with_the_words_that_changed_and_why(self, run_cli, made):
        first = made("definition-of-leadership", "Ours", "--section", "Leadership here means=Deciding for others.")
        options = ["--section", "Leadership here means=Deciding with others.", "--section", "What changed=One word."]
        second = made("definition-of-leadership", "Ours", *set_of(replaces=first), *options)
        shown = run_cli("insights", "versions", "--for", first).out
        assert "Leadership here means: Deciding [-for-]{+with+} others." in shown
        assert "What changed: One word." in shown
        assert f"reflect new definition-of-leadership --set replaces={second}" in shown
        found = run_cli("insights", "versions", "--for", second, "--json").json
        assert [each["id"] for each in found["versions"]] == [second, first]
        assert found["versions"][0]["changes"][0]["pieces"][1:3] == [["-", "for"], ["+", "with"]]

    def test_versions_in_a_circle_are_cut_and_said(self, run_cli, made):
        first = made("instructional-core", "One")
        second = made("instructional-core", "Two", *set_of(replaces=first))
        run_cli("edit", first, *set_of(replaces=second))
        found = run_cli("insights", "versions", "--for", first, "--json").json
        assert (len(found["versions"]), found["cut"]) == (2, True)
        assert "the circle is cut here" in run_cli("insights", "versions", "--for", first).out

    def test_a_kind_without_versions_is_refused(self, run_cli, made):
        assert "has no versions" in run_cli("insights", "versions", "--for", made("policy", "A rule")).err
        assert "add --for ID" in run_cli("insights", "versions").err


class TestLineage:
    def test_any_version_shows_the_tree_with_what_is_not_yet_ours(self, run_cli, made, tmp_path):
        example = made("story", "Morning meeting")
        ours = made("approximation", "Circle time", *set_of(example=example), "--section", "Our home=Small.")
        theirs = made("approximation", "In the high school", *set_of(example=ours, status="studying"))
        tree = run_cli("insights", "lineage", "--for", example).out
        assert "└─ Circle time (your journal)" in tree
        assert "   └─ In the high school (your journal · studying)" in tree
        assert tree.count("not yet ours") == 1
        assert run_cli("insights", "lineage", "--for", theirs, "--json").json["offers"][0]["at"] == "What we send back"
        assert run_cli("insights", "lineage", "--for", theirs, "-o", str(tmp_path / "tree.svg")).code == 0
        assert "In the high school" in (tmp_path / "tree.svg").read_text()

    def test_examples_in_a_circle_are_cut_and_said(self, run_cli, made):
        one = made("approximation", "One")
        two = made("approximation", "Two", *set_of(example=one))
        run_cli("edit", one, *set_of(example=two))
        assert "a circle is cut here" in run_cli("insights", "lineage", "--for", one).out


class TestChannels:
    def test_stuck_ones_come_first_and_a_pair_without_a_path_begins_one(self, run_cli, made, tmp_path):
        agenda = made("agenda", "Who answers?", *set_of(voices_needed="families, students"))
        made("finding", "Heard", "--agenda", agenda, *set_of(heard="teachers"))
        made("channel", "Team time", *set_of(**{"from": "teachers", "to": "families", "moves": "flows"}))
        shown = run_cli("insights", "channels").out
        assert "✓ teachers → families  flows" in shown
        assert "reflect new channel --set from=families --set to=students" in shown
        made("channel", "Letters", *set_of(**{"from": "students", "to": "board", "moves": "stuck"}))
        found = run_cli("insights", "channels", "--json").json
        assert [path["moves"] for path in found["paths"]] == ["stuck", "flows"]
        assert found["offers"][0]["at"] == "Where it gets stuck"
        assert run_cli("insights", "channels", "-o", str(tmp_path / "channels.svg")).code == 0
        assert "students to board: stuck" in (tmp_path / "channels.svg").read_text()


class TestTravels:
    @pytest.fixture
    def raised(self, run_cli, made, tmp_path):
        """Raise a finding from a school to a state; returns its id, and that of the copy."""
        for name in ("rivertown", "state"):
            assert run_cli("community", "create", name, "--at", str(tmp_path / f"{name}.git")).code == 0

        def shared(record, place, *options):
            return run_cli("share", record, "--to", place, "--yes", *options, "--json").json["id"]

        local = made("agenda", "What makes families answer?", *set_of(level="school"))
        wide = made("agenda", "How does a state listen?", *set_of(level="state"))
        finding = made("finding", "In their language", "--agenda", local, "--at", "2026-09-01")
        here = shared(finding, "rivertown", "--agenda", shared(local, "rivertown"))
        carried = run_cli(
            "carry", here, "--to", "state", "--agenda", shared(wide, "state"), "--why", "We ask it too.", "--json"
        )  # fmt: skip
        assert carried.code == 0, carried.err
        return finding, carried.json["id"]

    def test_a_finding_is_followed_level_by_level_with_what_came_of_it(self, run_cli, raised):
        finding, copy = raised
        found = run_cli("insights", "spiral", "--for", finding, "--json").json
        assert [(each["level"], each["raised"], each["answered"]) for each in found["places"]] == [
            ("school", False, False), ("state", True, False),
        ]  # fmt: skip
        assert found["question"] == "What should come back, and by when?"
        run_cli("respond", copy, "We changed the form.")
        again = run_cli("insights", "spiral", "--for", copy, "--json").json
        assert [each["kind"] for each in again["places"][1]["came"]] == ["response"]
        assert again["question"] == "What does that change here?"
        assert "response: We changed the form." in run_cli("insights", "spiral", "--for", finding).out

    def test_findings_that_were_carried_are_counted_from_where_to_where(self, run_cli, raised, tmp_path):
        found = run_cli("insights", "movement", "--json").json
        assert [(each["from"], each["to"], each["count"]) for each in found["moves"]] == [("rivertown", "state", 1)]
        assert "rivertown → state" in run_cli("insights", "movement").out
        assert run_cli("insights", "movement", "-o", str(tmp_path / "map.svg")).code == 0
        assert "rivertown to state: 1 finding" in (tmp_path / "map.svg").read_text()

    def test_an_original_that_was_withdrawn_marks_the_copy(self, run_cli, raised):
        finding, copy = raised
        run_cli("sync")
        assert run_cli("withdraw", finding, "--yes").code == 0
        run_cli("sync")
        assert "(raised, withdrawn at its origin)" in run_cli("insights", "spiral", "--for", copy).out

    def test_what_is_no_finding_has_no_spiral_and_no_picture_is_no_failure_to_guess(
        self, run_cli, raised, made, tmp_path
    ):
        assert "is no finding" in run_cli("insights", "spiral", "--for", made("policy", "A rule")).err
        ran = run_cli("insights", "spiral", "--for", raised[0], "-o", str(tmp_path / "no.svg"))
        assert "There is no picture of this." in ran.err
        assert not (tmp_path / "no.svg").exists()

    def test_a_story_stays_at_home_until_those_it_tells_of_were_asked(self, run_cli, raised, made):
        story = made(
            "story", "Who opens the gym", *set_of(consent="not asked yet"), "--section", "What they do=A scene."
        )
        refused = run_cli("share", story, "--to", "rivertown", "--yes")
        assert refused.code != 0
        assert "waits for those it tells of" in refused.err
        run_cli("edit", story, *set_of(consent="asked and given"))
        assert run_cli("share", story, "--to", "rivertown", "--yes").code == 0
