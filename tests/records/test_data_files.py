"""Journeys and resources are data: those that ship are right, and mistakes are said with line and what is allowed."""

from __future__ import annotations

import pytest

from reflect.records.journeys import check_against_kinds, parse_journey
from reflect.records.kind_tables import KindMistake
from reflect.records.kinds import parse_kind
from reflect.records.resources import parse_resources
from reflect.store.data_check import check_data_file, journey_of_file, resources_of_file
from reflect.store.data_files import Origin, read_data_files, shipped
from reflect.store.kind_files import Kinds
from reflect.store.shipped import DATA

FILES = sorted([*(DATA / "journeys").glob("*.toml"), *(DATA / "resources").glob("*.toml")])
KINDS = Kinds()
PATH = """name = "ours"
title = "Ours"
source = "Ours."
[[stage]]
slug = "first"
title = "First"
ask = "What?"
[[stage.exit]]
kind = "dossier"
"""
SET = 'set = 8\ntitle = "Ours"\n\n[[item]]\ntype = "watch"\ntitle = "A film"\n'


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_each_journey_and_each_set_that_ships_is_well_formed(path):
    sort, found = check_data_file(path, KINDS.find)
    assert sort == path.parent.name
    assert found.source
    for stage in getattr(found, "stages", ()):
        assert stage.ask.endswith("?")
        assert stage.title_es
        assert stage.ask_es


@pytest.mark.parametrize("path", sorted((DATA / "frameworks").glob("*.toml")), ids=lambda path: path.stem)
def test_each_lens_that_ships_has_five_questions_plain_words_and_a_spanish_title(path):
    _, found = check_data_file(path, KINDS.find)
    assert found.source
    for lens in found.lenses:
        assert [prompt.endswith("?") for prompt in lens.prompts] == [True] * 5, lens.slug
        assert lens.plain
        assert lens.title_es


def test_the_seven_sets_are_there_with_their_facts():
    found, problems = read_data_files([shipped("resources")], resources_of_file)
    sets = {each.thing.set: each.thing for each in found}
    assert (sorted(sets), problems) == ([1, 2, 3, 4, 5, 6, 7], [])
    assert [len(sets[number].items) for number in sorted(sets)] == [2, 2, 3, 2, 2, 5, 2]
    assert (sets[6].items[1].title, sets[6].items[1].range) == (
        "Chicago Public Schools and University of Illinois at Chicago",
        "36:55–1:00:00",
    )
    assert [item.type for item in sets[1].items] == ["watch", "act"]
    assert not any("://" in item.title + item.note for each in sets.values() for item in each.items)


@pytest.mark.parametrize(
    ("parse", "text", "says"),
    [
        (
            parse_journey,
            PATH + "fields = 'x'",
            ["ours.toml, line 10", "[[stage]] first, [[exit]] 1", "a list of texts"],
        ),
        (parse_journey, PATH + "feilds = ['x']", ["line 10", "`feilds` is not known", "sections"]),
        (parse_journey, PATH + "of_stage = 'last'", ["line 10", "`of_stage`", "no stage comes before"]),
        (parse_journey, PATH + "least = 0", ["line 10", "`least` is 0", "1 to 100"]),
        (parse_journey, PATH + "openness = 'wide'", ["line 10", "known, engaged, shared, explained"]),
        (parse_journey, PATH.replace("ask = ", "asks = "), ["line 7", "[[stage]] first", "`asks`", "ask_es"]),
        (parse_journey, PATH.replace('ask = "What?"\n', ""), ["line 4", "[[stage]] first", "`ask` is missing"]),
        (parse_journey, PATH.replace("[[stage.exit]]\nkind", "x"), ["line 8", "`x` is not known"]),
        (parse_journey, PATH.split("[[stage.exit]]")[0], ["line 4", "[[stage.exit]]"]),
        (parse_journey, PATH.replace("ask = ", "from_month = 5\nto_month = 3\nask = "), ["line 8", "from 5 on"]),
        (parse_journey, PATH + PATH[PATH.index("[[stage]]") :], ["[[stage]] first", "twice"]),
        (parse_journey, PATH.split("[[stage]]")[0], ["`stage`", "at least one"]),
        (parse_journey, "name = \ntitle = 1", ["ours.toml", "not TOML", "line 1"]),
        (parse_resources, SET.replace("watch", "listen"), ["ours.toml, line 5", "'listen'", "watch, read, act"]),
        (parse_resources, SET + "url = 'x'", ["line 7", "`url` is not known", "range"]),
        (parse_resources, SET.replace("8", "'eight'"), ["line 1", "a whole number"]),
        (parse_resources, SET.replace("8", "0"), ["line 1", "1 to 999"]),
        (parse_resources, SET + SET[SET.index("[[item]]") :], ["line 9", "a title that item 1 does not have"]),
        (parse_kind, 'name="n"\nlabel="N"\nfolder="ns"\n\n[[field]]\nname="a"\ntype="txt"', ["line 7", "[[field]] a"]),
    ],
)
def test_a_mistake_names_file_line_table_key_and_what_is_allowed(parse, text, says):
    with pytest.raises(KindMistake) as refused:
        parse(text, "ours.toml")
    for words in says:
        assert words in str(refused.value)


@pytest.mark.parametrize(
    ("clause", "says"),
    [
        ("fields = ['colour']", ["line 10", "'colour'", "problem, as_of"]),
        ("sections = ['Our context | Weather']", ["line 10", "'Weather'", "Conditions now"]),
        ("when = { as_off = ['x'] }", ["line 10", "'as_off'", "as_of"]),
    ],
)
def test_a_journey_is_checked_against_the_kinds_that_it_speaks_of(clause, says):
    text = PATH + clause
    with pytest.raises(KindMistake) as refused:
        check_against_kinds(parse_journey(text, "ours.toml"), KINDS.find, "ours.toml", text)
    for words in says:
        assert words in str(refused.value)


def test_a_kind_that_is_not_known_here_may_be_a_communitys():
    text = PATH.replace("dossier", "classroom-walk") + "fields = ['grade']"
    check_against_kinds(parse_journey(text, "ours.toml"), KINDS.find, "ours.toml", text)


def test_a_broken_file_of_ones_own_lets_the_shipped_one_go_on(tmp_path):
    (tmp_path / "plan-do-reflect.toml").write_text("broken")
    (tmp_path / "ours.toml").write_text(PATH)
    (tmp_path / "theirs.toml").write_text(PATH)
    (tmp_path / "odd.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "folder.toml").mkdir()
    own = Origin("vault", tmp_path)
    found, problems = read_data_files([own, shipped("journeys")], journey_of_file)
    by_name = {each.name: each for each in found}
    assert by_name["plan-do-reflect"].origin == ""
    assert by_name["ours"].origin == "vault"
    assert "theirs" not in by_name
    for words in (
        "plan-do-reflect.toml: not TOML",
        "the file has to be ours.toml",
        "odd.toml: not UTF-8",
        "folder.toml",
    ):
        assert any(words in problem for problem in problems), words


@pytest.mark.parametrize(
    ("folder", "text", "sort"),
    [
        ("journeys", PATH, "journeys"),
        ("anywhere", PATH, "journeys"),
        ("anywhere", SET, "resources"),
        ("anywhere", 'name = "ours"\nlabel = "Ours"\nfolder = "ours"\n', "kinds"),
    ],
)
def test_the_checker_knows_a_file_by_its_folder_or_by_what_it_holds(tmp_path, folder, text, sort):
    path = tmp_path / folder / "ours.toml"
    path.parent.mkdir()
    path.write_text(text)
    assert check_data_file(path, KINDS.find)[0] == sort
