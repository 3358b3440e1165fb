"""The parts point one way (CONTRIBUTING.md has the picture), and each outside thing has one door."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "reflect"

# Lower layers first; a module may import its own layer and those before it.
LAYERS = [
    {"errors", "__init__"},
    {"records"},
    {"paths"},
    {"store", "when", "settings"},
    {"vault", "community", "insights", "imports", "exports", "context"},
    {"parts", "shared_parts", "workspace", "demo", "demo_sample", "demo_community"},
    {"cli", "tui", "serve", "plain"},
    {"__main__"},
]
ONE_DOOR = {
    "sqlite3": {"store/database.py", "store/indexing.py", "store/rows.py", "store/tree_indexing.py"},
    "tinydb": {"store/state.py"},
    "git": {"vault/history.py"},
    "yaml": {"records/yaml_block.py"},
    "subprocess": {"store/git.py", "store/ssh.py", "store/watched.py", "cli/editor.py", "tui/outside_editor.py"},
    "hunspell": {"tui/spelling.py"},
    "fcntl": {"store/lock.py"},
    "aiohttp": {"serve/server.py"},
}
PURE_MAY_IMPORT = {"reflect", "yaml", "markdown_it"} | sys.stdlib_module_names
IMPURE = {"os", "pathlib", "subprocess", "socket", "sqlite3", "time", "random", "secrets", "tempfile", "shutil"}


def modules():
    return sorted(path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py"))


def imports_of(name):
    """Yield (line, imported module) of a source file, also those inside functions."""
    for node in ast.walk(ast.parse((SOURCE / name).read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, each.name) for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}:{node.lineno}: imports are written in full"
            yield node.lineno, node.module or ""


def layer_of(part):
    return next(number for number, parts in enumerate(LAYERS) if part in parts)


@pytest.mark.parametrize("name", modules())
def test_imports_go_down_or_sideways(name):
    own = layer_of(name.split("/")[0].removesuffix(".py"))
    for line, imported in imports_of(name):
        if imported.startswith("reflect."):
            part = imported.split(".")[1]
            assert layer_of(part) <= own, f"{name}:{line} imports {imported}, which stands above it"


@pytest.mark.parametrize("name", [name for name in modules() if name.startswith("records/")])
def test_the_rules_of_records_are_pure(name):
    for line, imported in imports_of(name):
        top = imported.split(".")[0]
        assert top in PURE_MAY_IMPORT, f"{name}:{line} imports {imported}"
        assert top not in IMPURE, f"{name}:{line} imports {imported}: records know no files, no clock, no chance"


@pytest.mark.parametrize("thing", ONE_DOOR)
def test_each_outside_thing_has_one_door(thing):
    users = {name for name in modules() if any(each.split(".")[0] == thing for _, each in imports_of(name))}
    assert users <= ONE_DOOR[thing]


def test_the_app_and_the_plain_lines_know_nothing_of_each_other():
    for name in modules():
        own = name.split("/")[0]
        other = {"tui": "reflect.plain", "plain": "reflect.tui"}.get(own)
        assert not [each for _, each in imports_of(name) if other and each.startswith(other)], name


def test_only_the_app_imports_textual():
    for name in modules():
        if not name.startswith("tui/"):
            assert not [each for _, each in imports_of(name) if each.split(".")[0] in ("textual", "rich")], name


@pytest.mark.parametrize("module", ["reflect.workspace", "reflect.cli.main", "reflect.plain.conversation"])
def test_what_is_slow_to_import_is_imported_late(module):
    slow = ["textual", "git", "dateparser", "markdown_it", "tomlkit", "tinydb", "rich"]
    code = f"import sys, {module}; print(*[name for name in {slow} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
