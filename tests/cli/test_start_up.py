"""What a command loads: nothing that it does not need."""

import subprocess
import sys

import pytest

HEAVY = ["textual", "git", "dateparser", "markdown_it", "tomlkit", "tinydb", "sqlite3", "rich"]


def loaded(*arguments: str) -> set[str]:
    code = (
        "import sys; from reflect.cli.main import main; main(sys.argv[1:]); "
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, input="")
    return set(done.stderr.split())


def test_write_loads_no_catalog_and_nothing_heavy(vault):
    assert loaded("write", "Tonight I talked too much.", "--tag", "meetings") & set(HEAVY) == set()
    assert not list(vault.root.parent.glob("cache/*/catalog.sqlite"))


@pytest.mark.parametrize("arguments", [["list"], ["search", "talked"]])
def test_list_and_search_load_the_catalog_only(vault, arguments):
    assert loaded(*arguments) & set(HEAVY) == {"sqlite3"}


def test_help_loads_no_command(vault):
    assert not [name for name in loaded("--help") if name.startswith("reflect.cli.commands.")]
    commands = [name for name in loaded("list", "--help") if name.startswith("reflect.cli.commands.")]
    assert commands == ["reflect.cli.commands.list"]
