"""What leaves of a private record: nothing private, roles for names, and each doubt flagged until it is settled."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reflect.records.document import Document
from reflect.records.flags import Finder
from reflect.records.people import People, Person
from reflect.records.record import read_record
from reflect.records.redaction import Copy, Redaction
from reflect.records.substitution import NOTHING_SETTLED, Settled
from reflect.store.kind_files import Kinds
from reflect.store.name_files import name_words

ID, THERE = "01JDA6C4T3W5E9K2M8Q7RZXYV1", "01JDA6C4T3W5E9K2M8Q7RZXYV9"
KINDS = Kinds()
PEOPLE = [
    Person(("Ruth Okafor", "Ms. Okafor"), "teacher"),
    Person(("José Núñez",), "assistant principal"),
    Person(("Lee Tran",)),
]


def redaction(people=PEOPLE, own_words=(), there=lambda name: ""):
    known = People(people, name_words())
    return Redaction(known, Finder(name_words(), frozenset(own_words), known, lambda name: bool(there(name))), there)


def redact(body, settled=NOTHING_SETTLED, title="A title", kind="finding", head="", **options):
    text = f"---\nid: {ID}\nkind: {kind}\ntitle: {title}\ncreated: 2026-11-20\n{head}---\n\n{body}\n"
    record = read_record(text.encode(), "x.md", KINDS.folders)
    own = KINDS.get(kind)
    return redaction(**options).redact(record, own, Copy(own, THERE, "2026-11-23", author="Ana"), settled)


def flagged(body, **options):
    return [(each.what, each.text) for each in redact(body, **options).flags]


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("I asked Ruth Okafor to wait.", "I asked a teacher to wait."),
        ("Ms. Okafor told me.", "A teacher told me."),
        ("We saw ruth okafor there.", "We saw a teacher there."),
        ("It was Jose Nunez’s idea.", "It was an assistant principal’s idea."),
        ("With José Núñez we went.", "With an assistant principal we went."),
        ("Then Ruth\nOkafor came.", "Then a teacher came."),
        ("We met Ruth-Okafor.", "We met a teacher."),
        ("Ask Lee Tran.", "Ask a colleague."),
    ],
)
def test_known_people_give_way_to_their_roles(text, there):
    assert there in redact(text).text


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("Then Devin Park came in.", ("likely name", "Devin Park")),
        ("Ms. Alvarez said no.", ("likely name", "Ms. Alvarez")),
        ("We asked Xochitl about it.", ("likely name", "Xochitl")),
        ("Devin was late.", ("likely name", "Devin")),
        ("I wrote to María de la Cruz.", ("likely name", "María de la Cruz")),
        ("It was O’Neil who left.", ("likely name", "O’Neil")),
        ("J. Whitfield left.", ("likely name", "J. Whitfield")),
        ("Then Okafor left.", ("a name you know", "Okafor")),
        ("Write to dev@school.example.org now.", ("e-mail", "dev@school.example.org")),
        ("Call 555-0134 or not.", ("phone number", "555-0134")),
        ("Call (612) 555-0134 now.", ("phone number", "(612) 555-0134")),
        ("His number is 44710093.", ("long number", "44710093")),
        ("Student S1234567 moved.", ("long number", "S1234567")),
        ("They live at 14 Elm Street now.", ("address", "14 Elm Street")),
        ("See [[01JDA6C4T3W5E9K2M8Q7RZXYV5]].", ("link", "[[01JDA6C4T3W5E9K2M8Q7RZXYV5]]")),
        ("See ![chart](devin-park.jpg) here.", ("file", "![chart](devin-park.jpg)")),
        ("Fine. <!-- Devin did it -->", ("hidden text", "<!-- Devin did it -->")),
    ],
)
def test_what_may_name_someone_is_flagged(text, flag):
    assert flag in flagged(text)


@pytest.mark.parametrize(
    "text",
    [
        "We met on Monday, in November, with families.",
        "On 2026-11-20 and 11/20/2026 nothing happened, from 2024–2025 on.",
        "The PTA and the IEP team came. Nobody spoke.",
        "I said what I think. Then I left.",
        "- Families answered\n- Texts worked\n\n## What we saw\n\nFewer calls.",
        "It cost 12,500 in 3 schools.",
    ],
)
def test_everyday_text_raises_no_flag(text):
    assert flagged(text) == []


def test_long_quotations_are_flagged_and_short_ones_are_not():
    words = " ".join(f"word{number}" for number in range(30))
    assert [what for what, _ in flagged(f"She said “{words}”.")] == ["quotation"]
    assert [what for what, _ in flagged(f"> {words}")] == ["quotation"]
    assert flagged("She said “we want to help, and nobody asks us to come at all”.") == []


def test_names_of_the_place_and_of_the_agenda_name_nobody():
    assert flagged("In Rivertown we tried it.", own_words=["rivertown"]) == []


def test_each_flag_is_settled_by_replacing_keeping_or_removing():
    body = "Devin Park wrote to dev@x.org after Rosa Parks Day."
    settled = Settled({"Devin Park": "a student"}, ["Rosa Parks Day"], ["dev@x.org"])
    found = redact(body, settled)
    assert [each for each in found.flags if not each.resolved] == []
    assert "A student wrote to after Rosa Parks Day." in found.text


def test_a_text_that_no_longer_occurs_is_no_mistake():
    assert redact("Nothing here.", Settled({"Devin": "a student"}, ["Ana B"], ["x@y.zz"])).flags == []


def test_private_fields_unknown_keys_and_comments_stay_behind():
    found = redact("Text.", head="valence: mixed\nsecret_key: for my eyes\n# a comment on Devin\n")
    assert "for my eyes" not in found.text
    assert "comment" not in found.text
    assert "valence: mixed" in found.text
    assert found.dropped == ["secret_key"]


def test_links_lead_to_the_copies_of_what_they_led_to():
    there = {"01JDA6C4T3W5E9K2M8Q7RZXYV5": "01JDA6C4T3W5E9K2M8Q7RZXYV6"}
    found = redact(
        "See [[01JDA6C4T3W5E9K2M8Q7RZXYV5]].",
        there=lambda name: there.get(name, name if name in there.values() else ""),
    )
    assert "[[01JDA6C4T3W5E9K2M8Q7RZXYV6]]" in found.text
    assert found.flags == []


def test_characters_that_are_not_seen_do_not_leave():
    found = redact("Fam\u200bilies\u202e came.\U000e0041")
    assert "Families came." in found.text
    assert "hidden characters" in found.dropped


def test_the_copy_is_the_same_each_time_and_can_be_parsed():
    one, two = redact("Ruth Okafor and Devin."), redact("Ruth Okafor and Devin.")
    assert one.text == two.text
    assert Document.parse(one.text).values["id"] == THERE


def test_what_a_change_adds_is_flagged_and_what_stood_there_is_not():
    kind, work = KINDS.get("finding"), redaction()
    before = "---\nid: X\nkind: finding\ntitle: T\n---\n\nDevin came.\n"
    after = before + "\nThen Xochitl Ruiz came.\n"
    assert [each.text for each in work.flags_of_change(before, after, kind)] == ["Xochitl Ruiz"]


@pytest.mark.parametrize(
    "piece", ["“", "[[", "<!--", "1 ", "A. ", "a@", "![](", "> x\n", "Aa ", "Aa b ", "Aa\n", "\n\n", "12 Aa "]
)
def test_no_text_holds_the_review_up(piece):
    text = "---\nid: X\nkind: finding\ntitle: T\n---\n" + piece * (200_000 // len(piece))
    start = time.perf_counter()
    redaction().flags_of_change("", text, KINDS.get("finding"))
    assert time.perf_counter() - start < 10


names = st.sampled_from(
    ["Ruth Okafor", "José Núñez", "Lee Tran", "ruth okafor", "JOSÉ NÚÑEZ", "Jose\u0301 Nu\u0301n\u0303ez"]
)
words = st.sampled_from(["we", "met", "and", "spoke.", "-", "\n\n", "families", "“so”", "(then)"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(names, words), min_size=1, max_size=12))
def test_no_known_name_ever_leaves(parts):
    text = redact(" ".join(parts)).text
    flat = People(PEOPLE, name_words()).replaced(text)[1]
    assert flat == []


def test_of_a_series_only_dates_and_numbers_leave():
    found = redact("Text.", kind="measure", head="values:\n  2026-11-01: 3\n  Zq Name: 3\n  2026-11-02: for Zq\n")
    assert "2026-11-01: 3" in found.text
    assert "Zq" not in found.text
