"""Copies of the journal at a host: with a key of each device, and never where anyone can read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reflect.community import tokens
from reflect.community.joining import Typed
from reflect.community.keys import KeyNeeded
from reflect.community.new_device import NewDevice
from reflect.errors import ReflectError
from tests.community.devices import Device, sync_until_same
from tests.community.peers import git, make_place
from tests.servers.sshd import Sshd
from tests.servers.web import Web


def at(url: str) -> Typed:
    return Typed(url, "/", "/")


def test_each_device_opens_the_place_with_a_key_of_its_own(tmp_path: Path, sshd: Sshd):
    place = make_place(tmp_path / "journal.git")
    laptop = Device(tmp_path, "laptop").begin()
    laptop.write("On the laptop")
    copies = laptop.workspace.own_copies
    with pytest.raises(KeyNeeded) as needed:
        copies.look_at(at(sshd.url(place)))
    keys = [needed.value.key.public]
    sshd.admit(*keys)
    assert copies.add(copies.look_at(at(sshd.url(place)))).sent == 1

    desktop = Device(tmp_path, "desktop")
    new = NewDevice(desktop.context, desktop.root, lambda sentence: None)
    with pytest.raises(KeyNeeded) as needed:
        new.begin(at(sshd.url(place)))
    assert not desktop.root.exists()
    sshd.admit(*keys, needed.value.key.public)
    new.begin(at(sshd.url(place)))
    desktop.open()
    assert [path.name for path in (desktop.home / "config").glob("new-*")] == []
    desktop.write("On the desktop")
    sync_until_same(desktop, laptop)
    assert git(place, "rev-parse", "main").strip() == laptop.tip


def test_a_place_that_anyone_can_read_gets_no_journal(tmp_path: Path, web: Web):
    place = make_place(tmp_path / "journal.git")
    git(place, "config", "http.receivepack", "true")
    laptop = Device(tmp_path, "laptop").begin()
    copies = laptop.workspace.own_copies
    with pytest.raises(ReflectError, match="Anyone can read"):
        copies.look_at(at(web.url(place)))
    assert copies.all() == []
    assert git(place, "for-each-ref") == ""


def test_a_place_that_asks_for_a_sign_in_gets_it_and_becoming_public_is_seen(tmp_path: Path, web: Web):
    place = make_place(tmp_path / "journal.git")
    git(place, "config", "http.receivepack", "true")
    web.sign_in = "ana:token-1"
    laptop = Device(tmp_path, "laptop").begin()
    laptop.write("On the laptop")
    address = at(web.url(place)).address()
    tokens.set_up_helper(address)
    tokens.store(address, "ana", "token-1")
    copies = laptop.workspace.own_copies
    assert copies.add(copies.look_at(at(web.url(place)))).sent == 1
    web.sign_in = ""
    (check,) = laptop.workspace.check_copies(fix=False)
    assert (check.ok, check.is_damage) == (False, True)
    assert "Anyone can read" in check.detail
