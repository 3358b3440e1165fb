"""What leaves of a private record: nothing private, roles for names, and each doubt flagged until it is settled."""

import time

import pytest

from reflect.records.document import Document
from reflect.records.review.people import Person
from reflect.records.review.substitution import Settled
from tests.records.reviewing import KINDS, THERE, flagged, redact, redaction, settle_everything, unseen


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
        ("We asked okafor, ruth and left.", "We asked a teacher and left."),
        ("We asked Ruth M. Okafor and ruth m. okafor.", "We asked a teacher and a teacher."),
        ("We asked R. Okafor and ruthokafor.", "We asked a teacher and a teacher."),
        ("We asked Ruth **Okafor** and _Ruth_ Okafor.", "We asked a teacher and a teacher."),
        ("We asked ruth_okafor and Ruth&nbsp;Okafor.", "We asked a teacher and a teacher."),
        ("We asked Ru\u00adth Oka\u200bfor and Ruth Oka-\nfor.", "We asked a teacher and a teacher."),
        (
            "We asked Jose\u0301 Nu\u0301n\u0303ez and JOSÉ NÚÑEZ.",
            "We asked an assistant principal and an assistant principal.",
        ),
        ("We asked Ruth Оkаfоr, half in other letters.", "We asked a teacher, half in other letters."),
        ("It was Ruth Okafor's and Ruth Okafor’s.", "It was a teacher's and a teacher’s."),
        ("- so Ruth\n  Okafor said", "so a teacher said"),
        ("> so Ruth\n> Okafor said", "> so a teacher said"),
        ("We asked <b>Ruth</b> Okafor.", "We asked a teacher."),
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
    assert [each.text for each in work.changed(before, after, kind)[1]] == ["Xochitl Ruiz"]


@pytest.mark.parametrize(
    "piece", ["“", "[[", "<!--", "1 ", "A. ", "a@", "![](", "> x\n", "Aa ", "Aa b ", "Aa\n", "\n\n", "12 Aa "]
)
def test_no_text_holds_the_review_up(piece):
    text = "---\nid: X\nkind: finding\ntitle: T\n---\n" + piece * (200_000 // len(piece))
    start = time.perf_counter()
    redaction().changed("", text, KINDS.get("finding"))
    assert time.perf_counter() - start < 10


def test_of_a_series_only_dates_and_numbers_leave():
    found = redact("Text.", kind="measure", head="values:\n  2026-11-01: 3\n  Zq Name: 3\n  2026-11-02: for Zq\n")
    assert "2026-11-01: 3" in found.text
    assert "Zq" not in found.text


COACHES = [Person(("Will", "Al"), "coach"), Person(("Grace Lindqvist", "Grace"), "nurse"), Person(("May",))]


def test_a_name_that_is_a_word_is_replaced_inside_a_sentence_and_only_there():
    found = redact("It will do by the grace of all. Al sur. We may ask Will, Grace and May.", people=COACHES)
    assert "It will do by the grace of all. Al sur. We may ask a coach, a nurse and a colleague." in found.text
    assert [(each.what, each.text) for each in found.flags] == [("a name you know", "Al")]


@pytest.mark.parametrize("word", ["Will", "Al", "Grace", "May"])
def test_a_name_that_is_a_word_is_asked_about_where_a_sentence_begins(word):
    found = redact(f"{word} it be so?\n\n- {word} and others", people=COACHES)
    assert f"{word} it be so?" in found.text
    assert ("a name you know", word) in [(each.what, each.text) for each in found.flags if not each.resolved]


def test_a_short_known_name_does_not_cut_a_longer_one():
    found = redact("We met Hassan al-Rashid and Will-Anne Alvarez.", people=COACHES)
    assert "Hassan al-Rashid and Will-Anne Alvarez" in found.text
    assert unseen("We met Hassan al-Rashid and Will-Anne Alvarez.", people=COACHES).strip() == "We met ▢ and ▢."


def test_roles_that_name_each_other_give_no_one_away():
    people = [Person(("Ruth Okafor",), "deputy of Lee Tran"), Person(("Lee Tran",), "partner of Ruth Okafor")]
    found = redact("Then Ruth Okafor met Lee Tran.", people=people)
    assert "Then a colleague met a colleague." in found.text


def test_replacements_are_made_in_one_pass_and_one_that_names_another_stays_open():
    settled = Settled({"Devin": "Luis", "Luis": "a peer"})
    found = redact("Then Devin met Luis.", settled)
    assert "Then Luis met a peer." in found.text
    assert [each.text for each in found.flags if not each.resolved] == ["Luis"]


@pytest.mark.parametrize(
    ("role", "name"),
    [("the aide of Ruth Okafor", "Ruth Okafor"), ("the friend of okafor", "okafor"), ("Devin’s sister", "Devin")],
)
def test_what_stands_for_a_name_may_not_name_anyone_unseen(role, name):
    found = redact("Then Keisha left with Devin.", Settled({"Keisha": role}))
    assert name in [each.text for each in found.flags if not each.resolved]


def test_words_of_ones_own_raise_no_flag_where_they_were_put_and_do_elsewhere():
    settled = Settled({"Keisha": "a teacher at Lincoln"})
    assert [each.text for each in redact("We met Keisha.", settled).flags if not each.resolved] == []
    found = redact("We met Keisha. We saw Lincoln.", settled)
    assert [each.text for each in found.flags if not each.resolved] == ["Lincoln"]


@pytest.mark.parametrize(
    ("body", "remove", "left"),
    [
        ("so a a b b c", ["a b"], "so c"),
        ("x a b, a a b b, a b y", ["a b"], "x,, y"),
        ("we asked Ruth zz Okafor", ["zz"], "we asked a teacher"),
        ("Devin’s plan and Devin's, then Devin", ["Devin"], "plan and, then"),
        ("see (Devin) and (Devin)", ["(Devin)"], "see and"),
        ("so Devin\nPark left", ["Devin Park"], "so left"),
        ("she said “we met Ruth Okafor there”", ["“we met a teacher there”"], "she said"),
    ],
)
def test_nothing_is_left_of_what_is_removed(body, remove, left):
    text = redact(body, Settled(remove=remove)).text.split("---\n", 2)[2]
    assert text.strip() == left


def test_a_long_quotation_stays_kept_when_a_name_in_it_is_settled_later():
    quote = "“Then Devin came and " + "said more " * 15 + "to us”"
    (flag,) = [each for each in redact(quote).flags if each.what == "quotation"]
    found = redact(quote, Settled({"Devin": "a student"}, keep=[flag.text]))
    assert [each for each in found.flags if not each.resolved] == []


TITLE = "Where I am, and what I practice next"


@pytest.mark.parametrize(
    "part",
    [
        f"## {TITLE}\n\nzqhush",
        f"## **{TITLE}**\n\nzqhush",
        f"### {TITLE}\n\nzqhush",
        f"# {TITLE} #\n\n## more\n\nzqhush",
        f"## {TITLE.replace(',', '')}:\n\nzqhush",
        f"## {TITLE.upper()} (private)\n\nzqhush",
        f"##{TITLE}\n\nzqhush",
        f"{TITLE}\n---\n\nzqhush",
        f"**{TITLE}**\n\n### more\n\nzqhush",
        f"__{TITLE}:__ zqhush",
        f"- **{TITLE}**\n  zqhush",
        f"> ## {TITLE}\n> zqhush",
        f"<h3>{TITLE}</h3>\n\nzqhush",
        f"```\n## {TITLE}\nzqhush\n```",
        f"| {TITLE} | zqhush |",
        f"🔒 3.1) {TITLE}\n\nzqhush",
        f"## {TITLE}\n\n```\n## no\n```\n\nzqhush",
    ],
)
def test_a_private_section_stays_behind_under_whatever_looks_like_its_heading(part):
    found = redact(f"## In one sentence\n\nA leader asks.\n\n{part}\n", kind="dimension")
    assert "zqhush" not in found.text
    assert "A leader asks." in found.text
    assert any("practice next" in each for each in found.dropped)


def test_what_follows_a_private_section_is_shared():
    found = redact(f"### {TITLE}\n\nzqhush\n\n## How we adapted it\n\nIn pairs.", kind="dimension")
    assert "zqhush" not in found.text
    assert "In pairs." in found.text


def test_a_private_section_is_flagged_where_someone_writes_straight_into_a_community():
    text = f"---\nid: X\nkind: dimension\ntitle: T\n---\n\n**{TITLE}**\n\nzqhush\n"
    _, flags = redaction().changed("", text, KINDS.get("dimension"))
    assert ("private section", f"**{TITLE}**\n\nzqhush") in [(each.what, each.text) for each in flags]


@pytest.mark.parametrize(
    ("options", "secret"),
    [
        ({"title": "Brzezinski and the letters"}, "Brzezinski"),
        ({"title": "What Ruth Okafor saw"}, "Okafor"),
        ({"head": "tags: [texts, devin]\n"}, "devin"),
        ({"head": "tags: [ruth-okafor, okafor]\n"}, "okafor"),
        ({"head": "lenses: [brzezinski]\n"}, "brzezinski"),
        ({"head": "lang: ana\n"}, "ana"),
        ({"head": "valence: Brzezinski\n"}, "Brzezinski"),
        ({"head": "smallest: 44710093\n", "kind": "measure"}, "44710093"),
    ],
)
def test_everything_that_leaves_passes_the_same_review(options, secret):
    found = redact("Text.", **options)
    text = found.text.replace("author: Ana", "")
    for flag in (each.text for each in found.flags if not each.resolved):
        text = text.replace(flag, "▢")
    assert secret not in text


def test_a_title_may_have_capitals_throughout():
    assert flagged("## Next Steps We Took\n\nText.", title="What We Learned About Texting Families") == []


def test_what_is_settled_holds_for_tags_and_lists_where_someone_writes_straight_into_a_community():
    text = "---\nid: X\nkind: finding\ntitle: T\ntags: [devin, texts]\n---\n\nText.\n"
    changed, _ = redaction().changed("", text, KINDS.get("finding"), Settled(remove=["devin"]))
    assert "tags: [texts]" in changed


def test_words_of_ones_own_raise_no_flag_where_someone_writes_straight_into_a_community_either():
    text = "---\nid: X\nkind: finding\ntitle: T\n---\n\nWe met Keisha.\n"
    changed, flags = redaction().changed("", text, KINDS.get("finding"), Settled({"Keisha": "a teacher at Lincoln"}))
    assert "We met a teacher at Lincoln." in changed
    assert [each.text for each in flags if not each.resolved] == []


@pytest.mark.parametrize("role", ["", "a student"])
def test_every_flag_of_a_crowded_text_can_be_settled(role):
    body = (
        "Keisha: we met Devin Park, ms. brzezinski and R. Okafor at 412 maple street.\n\n"
        f"> {'so it went on ' * 9} with Ruth Okafor\n\n| Brzezinski | 555 - 123 - 4567 |\n\n"
        "Write to ana [at] school [dot] org, see [notes](devin.md) <!-- Xochitl --> and https://a:zq@x.org/b."
    )
    text = settle_everything(body, role)
    secrets = ("Keisha", "Devin", "rzezinski", "Okafor", "maple", "so it", "4567", "school", "devin", "Xochitl", "zq")
    assert [each for each in secrets if each in text] == []
