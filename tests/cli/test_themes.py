"""`reflect themes`."""

from reflect.store.theme_files import contrast


def test_themes_are_listed_with_what_they_are(run_cli, machine):
    lines = run_cli("themes").out.splitlines()
    assert any(line.split()[:2] == ["evening", "dark"] for line in lines)
    assert any("contrast-light" in line and "light, high contrast" in line for line in lines)
    assert any(line.startswith("plain ") and "16 colors" in line for line in lines)


def test_own_themes_say_where_they_are_and_broken_ones_why(run_cli, machine):
    run_cli("config", "theme", "dawn")
    folder = next(machine.rglob("config.toml")).parent / "themes"
    folder.mkdir()
    (folder / "dawn.toml").write_text('name = "dawn"\nprimary = "#0b5563"\nforeground = "#000"\nbackground = "#fff"\n')
    (folder / "bad.toml").write_text('name = "bad"\nprimary = "red; }"\n')
    ran = run_cli("themes")
    assert ran.code == 0
    assert any("dawn" in line and "21.0" in line for line in ran.out.splitlines())
    assert "bad.toml: `primary`" in ran.err
    found = {each["name"]: each for each in run_cli("themes", "--json").json}
    assert found["dawn"] == {
        "name": "dawn", "says": "", "dark": True, "ansi": False, "contrast": 21.0,
        "path": str(folder / "dawn.toml"), "is_own": True, "in_use": True, "problem": None,
    }  # fmt: skip
    assert found["bad"]["dark"] is None
    assert "no color" in found["bad"]["problem"]
    assert found["evening"]["is_own"] is False
    assert found["contrast"]["contrast"] >= 7


def test_contrast_is_that_of_the_standard():
    assert round(contrast("#000", "#ffffff"), 1) == 21.0
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54
