"""That a journal has no copy is said for one day a month, from its second week on, until there is one."""

import datetime as dt

import pytest

from reflect.context import Context
from reflect.vault.remotes import Remote
from reflect.workspace import Workspace
from tests.conftest import NOW


@pytest.fixture
def says_on(context, vault):
    """Return what says whether it is said some days after the journal was begun."""

    def says(days: int) -> bool:
        later = Context(context.places, context.environment, lambda: NOW + dt.timedelta(days=days), context.randomness)
        workspace = Workspace.open(later, vault.root)
        is_said = workspace.today().is_only_here
        if is_said:
            workspace.only_here.note_said()
        return is_said

    return says


def test_it_is_said_for_one_day_of_each_month(says_on):
    assert [day for day in range(75) if says_on(day) and says_on(day)] == [7, 37, 67]


def test_it_is_not_said_where_a_copy_is_kept_by_this_program_or_by_plain_git(says_on, workspace, git):
    git("remote", "add", "origin", "https://host.example.org/ana/journal.git")
    assert not says_on(10)
    git("remote", "remove", "origin")
    workspace.remotes.add(Remote("disk", "file:///media/disk/journal.git"))
    assert not says_on(10)
    workspace.remotes.remove("disk")
    assert says_on(10)


def test_what_was_put_off_is_said_again_a_month_later(says_on, context, vault):
    assert says_on(10)
    later = Context(context.places, context.environment, lambda: NOW + dt.timedelta(days=10), context.randomness)
    Workspace.open(later, vault.root).only_here.put_off()
    assert [day for day in range(10, 45) if says_on(day)] == [40]
