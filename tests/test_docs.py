"""The pages in docs/ say what the program does now."""

from __future__ import annotations

import re
import runpy
import tomllib
from pathlib import Path

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
    assert sorts == ["kinds", "frameworks", "journeys", "resources"]


def test_the_page_on_git_says_what_each_setting_stops() -> None:
    page = (ROOT / "docs" / "git-safety.md").read_text("utf-8")
    told = {*SETTINGS, *REACHING, *VARIABLES, *(option.removeprefix("-o").partition("=")[0] for option in SSH_OPTIONS)}
    assert sorted(each for each in told if each not in page) == []
