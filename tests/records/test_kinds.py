"""Kinds are data: those that ship are right, and a mistake in one is said with file, table and key."""

import pytest

from reflect.records.kinds import KindMistake, parse_kind
from reflect.store.kind_files import Kinds, check_kind_file
from reflect.store.shipped import DATA

TWO = "[[section]]\ntitle='A'\nmoment='before'\n[[section]]\ntitle='B'\nmoment='later'\n"
GOOD = 'name = "note"\nlabel = "Note"\nfolder = "notes"\n'


@pytest.mark.parametrize("path", sorted((DATA / "kinds").glob("*.toml")), ids=lambda path: path.stem)
def test_each_kind_that_ships_is_well_described(path):
    kind = check_kind_file(path)
    assert kind.purpose
    assert kind.sections or kind.fields
    assert len([field for field in kind.fields if not field.more]) <= 6 or kind.moments, "the first screen holds six"
    for field in kind.fields:
        assert field.private or field.type not in ("person", "people"), f"{field.name}: people are always private"
        assert all(Kinds().find(name) for name in field.of)


def test_no_two_kinds_share_a_folder():
    folders = [kind.folder for kind in Kinds().all()]
    assert len(set(folders)) == len(folders)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD + "colour = 'red'", ["note.toml", "`colour`", "columns"]),
        ("name = 'note'\nfolder = 'notes'", ["`label` is missing"]),
        (GOOD + "share = 'often'", ["`share`", "'often'", "never, ask"]),
        (GOOD + "columns = 'status'", ["`columns`", "a list of texts"]),
        (GOOD + "[[field]]\nname = 'status'\ntype = 'choise'", ["[[field]] status", "`type`", "'choise'", "choices"]),
        (GOOD + "[[field]]\nname = 'status'\ntype = 'choice'", ["[[field]] status", "`choices`"]),
        (GOOD + "[[field]]\nname = 'id'\ntype = 'text'", ["`name`", "'id'"]),
        (GOOD + "[[field]]\nname='a'\ntype='text'\n[[field]]\nname='a'\ntype='text'", ["[[field]] a", "twice"]),
        (GOOD + "[[section]]\nhint = 'x'", ["[[section]] 1", "`title` is missing"]),
        (GOOD + "[[loop]]\nname='l'\nshape='round'\nsay='?'", ["[[loop]] l", "`shape`", "quiet"]),
        (GOOD + "[[loop]]\nname='l'\nshape='date'\nfield='due'\nsay='?'", ["[[loop]] l", "`field`", "'due'"]),
        (GOOD + TWO + "[[moment]]\nname='never'", ["[[moment]] never", "`name`", "'never'", "before, later"]),
        (GOOD + TWO + "[[section]]\ntitle='C'\nmoment='before'", ["[[section]] C", "`moment`", "later, or one"]),
        (GOOD + TWO + "[[section]]\ntitle='C'", ["[[section]] C", "`moment`", "before, later"]),
        (GOOD + TWO + "[[moment]]\nname='later'\ncome='due'", ["[[moment]] later", "`come`", "'due'"]),
        (GOOD + TWO + "[[offer]]\nsection='A'\nsay='?'\nset={x=['y']}", ["[[offer]] 1", "`set`", "'x'"]),
        (GOOD + TWO + "[[offer]]\nsay='?'\nset={x=['y']}", ["[[offer]] 1", "`section`", "A, B"]),
        (GOOD + TWO + "[[outcome]]\nsay='?'\nfield='x'", ["[[outcome]] 1", "`field`", "'x'"]),
        (GOOD + TWO + "[[start]]\nsay='?'\nkinds=['policy']", ["[[start]] 1", "`section` is missing"]),
        (GOOD + TWO + "[[field]]\nname='f'\ntype='text'\nagain=['x']", ["[[field]] f", "`again`", "'x'"]),
        (GOOD + "[[section]]\ntitle='A'\nhint_when={f=['x']}", ["[[section]] A", "`hint_when`", "'f'"]),
        ("name = ", ["note.toml", "not TOML"]),
    ],
)
def test_a_mistake_in_a_kind_file_names_file_table_key_and_what_is_allowed(text, says):
    with pytest.raises(KindMistake) as refused:
        parse_kind(text, "note.toml")
    for words in says:
        assert words in str(refused.value)


def test_a_vault_may_add_and_replace_kinds_and_a_broken_one_does_not_hide_the_rest(tmp_path):
    (tmp_path / "note.toml").write_text(GOOD)
    (tmp_path / "finding.toml").write_text('name = "finding"\nlabel = "Our finding"\nfolder = "findings"\n')
    (tmp_path / "wondering.toml").write_text("broken")
    kinds = Kinds(tmp_path)
    assert kinds.get("finding").label == "Our finding"
    assert kinds.folders["notes"] == "note"
    assert kinds.get("wondering").label == "Wondering"
    assert "wondering.toml" in kinds.problems[0]


def test_a_kind_is_found_by_its_name_its_label_and_its_spanish_label():
    kinds = Kinds()
    assert {kinds.get(name).name for name in ("call-in", "Call-in", "call-ins", "Llamado a conversar")} == {"call-in"}
