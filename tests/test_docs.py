"""The pages in docs/ say what the program does now."""

from __future__ import annotations

import re
import runpy
import tomllib
from pathlib import Path

from reflect.insights.patterns.registry import patterns
from reflect.store.data_check import check_data_file
from reflect.store.git_settings import REACHING, SETTINGS, VARIABLES
from reflect.store.kind_files import Kinds
from reflect.store.reach import SSH_OPTIONS

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_reference_is_what_the_program_reads() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make_reference.py"))["pages"]()
    stale = [name for name, text in made.items() if (ROOT / "docs" / name).read_text("utf-8") != text]
    assert stale == [], "run: python docs/make_reference.py"


def test_every_link_between_the_pages_leads_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text("utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_examples_of_own_data_files_are_well_formed(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "extend.md").read_text("utf-8")
    sorts = []
    for example in re.findall(r"```toml\n(.*?)```", text, re.DOTALL):
        path = tmp_path / f"{tomllib.loads(example).get('name', 'ours')}.toml"
        path.write_text(example)
        sorts.append(check_data_file(path, Kinds().find)[0])
    assert sorts == ["kinds", "frameworks", "journeys", "resources", "rubrics"]


def test_the_page_on_git_says_what_each_setting_stops() -> None:
    page = (ROOT / "docs" / "git-safety.md").read_text("utf-8")
    told = {*SETTINGS, *REACHING, *VARIABLES, *(option.removeprefix("-o").partition("=")[0] for option in SSH_OPTIONS)}
    assert sorted(each for each in told if each not in page) == []


def test_all_that_ships_is_named_on_the_page_of_sources_with_tests_that_exist() -> None:
    page = (ROOT / "docs" / "sources.md").read_text("utf-8")
    data = ROOT / "src" / "reflect" / "data"
    sorts = ("kinds", "journeys", "resources", "rubrics")
    names = [path.stem for sort in sorts for path in sorted((data / sort).glob("*.toml"))]
    names += [path.name for path in (ROOT / "agendas").iterdir()]
    for path in (data / "frameworks").glob("*.toml"):
        names += [lens["slug"] for lens in tomllib.loads(path.read_text("utf-8"))["lens"]]
    assert len(names) > 70
    assert [name for name in names if f"`{name}`" not in page] == []
    tests = re.findall(r"`(tests/[\w/]+\.py)`", page)
    assert [test for test in tests if not (ROOT / test).is_file()] == []
    named = {
        name
        for names in re.findall(r"[Pp]atterns? ((?:`[\w-]+`(?:, )?)+)", page)
        for name in re.findall(r"[\w-]+", names)
    }
    assert named - {pattern.name for pattern in patterns()} == set()
    rows = [line for line in page.split("## S0")[1].splitlines() if line.startswith("| ") and "| tests |" not in line]
    assert [row for row in rows if "`tests/" not in row] == []


def test_the_page_of_sources_has_the_lines_that_the_program_prints() -> None:
    page = (ROOT / "docs" / "sources.md").read_text("utf-8")
    printed = set()
    for sort in ("frameworks", "journeys", "resources", "rubrics"):
        for path in (ROOT / "src" / "reflect" / "data" / sort).glob("*.toml"):
            source = tomllib.loads(path.read_text("utf-8")).get("source", "")
            printed |= {source} if source and not source.startswith("Ours") else set()
    assert len(printed) >= 5
    assert [line for line in printed if line not in page] == []
