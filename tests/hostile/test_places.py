"""Every hostile place, joined as a stranger's, and met in a sync because a peer's place has turned bad."""

from __future__ import annotations

import pytest

from tests.hostile import names
from tests.hostile.conftest import Leader, Place
from tests.hostile.make_hostile import CASES
from tests.hostile.raw import Raw


@pytest.mark.parametrize("name", CASES)
def test_what_is_sound_is_shown_or_nothing_is_taken(leader: Leader, place: Place, name: str) -> None:
    case, turned = CASES[name], Raw(leader.new_place())
    assert leader.join(turned.path, "turned").code == 0
    before = leader.titles("turned")
    turned.commit(case.build(turned))
    joined, synced = leader.join(place(name)), leader.run("sync", "--json")
    outcomes = {each["name"]: each for each in synced.json}
    assert outcomes["steady"]["error"] is None
    if case.refused:
        assert (joined.code, synced.code) == (1, 1)
        assert case.refused in joined.err
        assert case.refused in outcomes["turned"]["error"]
        assert outcomes.keys() == {"steady", "turned"}
        assert leader.titles("turned") == before
        assert list(leader.own.rglob("*rivertown*")) == []
    else:
        assert (joined.code, synced.code, outcomes["turned"]["error"]) == (0, 0, None)
        assert names.GOOD_TITLE in leader.titles("turned")
        assert names.GOOD_TITLE in leader.titles("rivertown")


def test_a_state_in_between_that_unfolds_without_end_keeps_nobody_from_the_rest(leader: Leader) -> None:
    place = Raw(leader.new_place())
    place.commit(CASES["unfolding"].build(place))
    place.commit(place.files(names.good(place)))
    assert leader.join(place.path).code == 0
    assert names.GOOD_TITLE in leader.titles()
    assert leader.run("community", "digest").code == 0
