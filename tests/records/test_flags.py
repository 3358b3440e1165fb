"""What gives someone away in a text is flagged in whatever shape it stands there, and everyday text is not."""

import pytest

from tests.records.reviewing import flagged, unseen

WORDS = " ".join(f"word{chr(97 + number)}" for number in range(26))


def check(body, secret):
    assert secret not in unseen(body)


@pytest.mark.parametrize(
    ("body", "secret"),
    [
        ("Brzezinski: we never got it.", "Brzezinski"),
        ("brzezinski: we never got it.", "brzezinski"),
        ("| who | n |\n|---|---|\n| Brzezinski | 3 |", "Brzezinski"),
        ("- Brzezinski, Wu", "Brzezinski"),
        ("1. **Brzezinski**", "Brzezinski"),
        ("# Brzezinski", "Brzezinski"),
        ("She said, “Brzezinski left”.", "Brzezinski"),
        ("Two came: Brzezinski left.", "Brzezinski"),
        ("(Brzezinski left.)", "Brzezinski"),
        ("Brzezinski left.", "Brzezinski"),
        ("Young left. Marcus Young left.", "Young"),
        ("Brown, Young and Park came.", "Brown"),
        ("We asked ms. brzezinski.", "brzezinski"),
        ("We asked COACH brzezinski.", "brzezinski"),
        ("We asked Mr.Brzezinski.", "Brzezinski"),
        ("We asked Ms. B and Coach K.", "Coach K"),
        ("La sra. pérez vino.", "pérez"),
        ("We met Hassan al-Rashid.", "Rashid"),
        ("We met María de la Cruz.", "Cruz"),
        ("Then van der Berg left.", "Berg"),
        ("O’Neill’s plan, and o'neill again.", "neill"),
        ("d’Angelo came.", "Angelo"),
        ("Nguyễn left, then Łukasz-Åsa.", "Nguyễn"),
        ("April Jones and Hope Alvarez came.", "Hope"),
        ("DEVIN MARTINEZ came.", "MARTINEZ"),
        ("We met J.R. Brzezinski and J.T.", "J.T"),
        ("Then keisha came.", "keisha"),
        ("So Devin **Park** left.", "Park"),
        ("We met محمد and 王小明 and Ольга.", "王小明"),
        ("Ask DeShawn or deShawn.", "deShawn"),
        ("The Abernathy-Okafor family and the okafors.", "okafor"),
        ("Then okafor said so, and R.O. too.", "R.O."),
        ("name: brzezinski", "brzezinski"),
        ("García llegó tarde y la familia no vino.", "García"),
        ("so Brzezinski'll come", "Brzezinski"),
        ("Text.\n\nLove,\nBrzezinski", "Brzezinski"),
        ("so D̂evin came", "evin"),
    ],
)
def test_names_are_seen_in_every_place_and_shape(body, secret):
    check(body, secret)


@pytest.mark.parametrize("settled", ["replace", "remove"])
def test_a_family_name_alone_is_seen_after_the_full_name_was_settled(settled):
    from reflect.records.review.substitution import Settled

    how = Settled({"Marcus Young": "a student"}) if settled == "replace" else Settled(remove=["Marcus Young"])
    assert "Young" not in unseen("Young left. Then Marcus Young came.", settled=how)


@pytest.mark.parametrize(
    "number",
    [
        "555 - 123 - 4567",
        "555\u00a0123\u00a04567",
        "555\u2009123\u20094567",
        "555.123.4567 x12",
        "555/123/4567",
        "555—123—4567",
        "(555) - 123 - 4567",
        "(555)1234567",
        "555-123-\n4567",
        "+52 55 1234 5678",
        "５５５ １２３ ４５６７",
        "٥٥٥ ١٢٣ ٤٥٦٧",
        "12.34.56.78.90",
        "12 - 34 - 56",
        "five five five, one two three four",
        "tel:5551234",
        "ID: AB-1234",
        "student no. 4471",
        "#44710",
        "***-**-6789",
        "K7X2Q9ZZ41",
        "born on May 14, 2012",
        "DOB 5/14/12",
        "her birthday is 2012-05-14",
        "nació el 3 de mayo",
        "the PIN 4471",
    ],
)
def test_numbers_and_birthdays_are_seen_however_they_are_spaced(number):
    left = unseen(f"so we had {number}").split("so we had")[1]
    assert not any(char.isdigit() for char in left)
    assert "five" not in left


@pytest.mark.parametrize(
    ("body", "secret"),
    [
        ("at 412 maple street", "412"),
        ("at 412 martin luther king jr. blvd, apt 4b", "4b"),
        ("at 412 N. Maple St.", "Maple"),
        ("at 12 elm dr", "elm"),
        ("in springfield, il 62701", "62701"),
        ("in columbus, oh 43004", "43004"),
        ("in Springfield, Illinois 62701", "62701"),
        ("to p.o. box 12 or P O Box 13", "13"),
        ("en av. juárez no. 45 y calle reforma #123", "123"),
        ("in der Hauptstraße 12", "Hauptstraße"),
        ("near SW1A 1AA", "1AA"),
        ("at 37.7749, -122.4194", "37.77"),
    ],
)
def test_addresses_are_seen_in_small_letters_too(body, secret):
    check(body, secret)


@pytest.mark.parametrize(
    ("body", "secret"),
    [
        ("ana [at] school [dot] org", "school"),
        ("ana (at) school.org", "school"),
        ("ana at school dot org", "school"),
        ("ana＠school.org and ana @ school.org", "school"),
        ("[me](mailto:ana@school.org)", "ana@"),
        ("ask @devin_m or insta: zqkid", "zqkid"),
        ("https://ana:secret@x.org/a", "secret"),
        ("https://x.org/a?token=zqzq", "zqzq"),
        ("x.org/a?key=zqzq", "zqzq"),
        ("https://x.org/#access_token=zqzq", "zqzq"),
        ("https://docs.google.com/document/d/1AbCdEfGhIjKlMnOpQr/edit", "1AbC"),
        ("https://x.org/reset/8f14e45fceea167a5a36dedd4bea2543", "8f14"),
        ("[notes](devin.md) and [more](<park.md>)", "park"),
        ("see ![[devin.png]]", "devin"),
        ("see ![chart][devin]", "devin"),
        ("see <img src='a/devin.jpg' alt=zq>", "devin"),
        ("see <a href=zq.html>this</a>", "zq"),
        ("see this[1]\n\n[1]: zq.md", "zq"),
        ("[//]: # (zqzq)", "zqzq"),
        ("we <!-- zqzq --> met <!-- zq", "zq"),
        ("we %%zqzq%% met", "zqzq"),
        ("<?php zqzq ?> and <!DOCTYPE zqzq>", "zqzq"),
        ("the password is zqzq1", "zqzq1"),
        ("we &#90;&#113; met", "&#90;"),
        ("~/notes/zq and /Users/zq/a and C:\\zq", "zq"),
        ("---\nkind: person\nrole: zqzq\n---\n\nText", "zqzq"),
        ("see [[01JDA6C4T3W5E9K2M8Q7RZXYV5|Zqzq]]", "Zqzq"),
    ],
)
def test_addresses_of_the_net_files_and_what_is_not_shown_are_seen(body, secret):
    check(body, secret)


@pytest.mark.parametrize(
    "body",
    [
        f"she said “{WORDS}”",
        f"she said ‘{WORDS}’",
        f"she said '{WORDS}' to us",
        f"she said ‘it’s {WORDS}’",
        f'she said "{WORDS}"',
        f"sie sagte „{WORDS}“",
        f"sie sagte »{WORDS}«",
        f"ella dijo «{WORDS}»",
        f"elle a dit «\u00a0{WORDS}\u00a0»",
        f"she said &ldquo;{WORDS}&rdquo;",
        f"—{WORDS}",
        f"hon sa ”{WORDS}”",
        f"she said “{WORDS}\n\nand then we left",
        f'she said "{WORDS}\n\nand then we left',
        f"“{WORDS[:70]}\n\n“{WORDS[70:]}”",
        f"“{WORDS[:70]}\n\n{WORDS[70:]}”",
        f"> {WORDS[:70]}\n{WORDS[70:]}",
        f"> {WORDS[:70]}\n\n> {WORDS[70:]}",
        f"- > {WORDS}",
        f"<blockquote>{WORDS}</blockquote>",
    ],
)
def test_long_quotations_are_seen_between_any_marks(body):
    assert [what for what, _ in flagged(body) if what == "quotation"] == ["quotation"]
    check(body, "wordm")


FINDING = """Fourteen of the thirty families we called answered by text, and only three by phone. We had expected the
opposite: calls felt personal, texts felt cold. Families told us that they read texts on the bus and call back later.

## What we did

For three weeks, two of us sent one text a day, in English or Spanish, before 7:30 in the morning. Nobody was asked to
answer. Then we wrote down who did, when, and what about.

- Texts about a bus were answered within ten minutes.
- Texts about grades were hardly ever answered.
- Absenteeism did not change (12 of 31 students, as before).

## What we saw

Short texts worked better than long ones. “Will you come?” got more answers than a paragraph. Attendance at the evening
meeting rose from 11 to 26. However, we can't say why: the weather was better, too. Multilingual families answered as
often as the others once the first text was in their own language.

| week | sent | answered |
|------|------|----------|
| One | 40 | 12 |
| Two | 38 | 19 |

It didn't work in May, when everybody's schedule changed. By 2026-05-20 we had stopped. Maybe that's what we should look
at next: who isn't reached at all, whose number is wrong, and who'd rather talk. If the office had one list instead of
three, we'd know. Restorative circles, by contrast, need a voice and a face; nobody heals by text.

## What we wonder

Who decides what's worth a text? Could students write them? What would change if teachers had an hour for it on Mondays?
See https://example.org/texting for the guide that we used in 2025-26. Thank you all; it's been a good year.
"""
HALLAZGO = """Llamamos a treinta familias y contestaron catorce. Preguntamos por qué, y nos dijeron que leen
los mensajes en el autobús. Enviamos un mensaje al día durante tres semanas. Recibimos más respuestas cuando
escribimos en español.

- Aprendimos que nadie contesta después de las nueve.
- Empezamos de nuevo en octubre, con dos escuelas.

Quisiéramos saber quién falta todavía. Hablamos con los maestros el lunes; acordaron probarlo. Gracias a todos.
"""


@pytest.mark.parametrize(
    "body",
    [
        FINDING,
        HALLAZGO,
        "We read Tuesday’s notes. English-speaking families came, so did others. Let's go on.",
        "It’s 5 minutes, $12,500, 3–4 schools, 10:30–11:30, 50% of 1,200 students, and grades 6 to 8.",
        "We said ‘yes’ and “no”, in the ’90s, at the students' meeting and the teachers’ room.",
        "We met at 9 a.m. with the PTA, the IEP team and 12 parents; see page 4, e.g. the chart.",
        "Who leads? Teachers, families and students do. Why? Trust.",
    ],
    ids=["a finding", "un hallazgo", "days", "figures", "apostrophes", "short forms", "questions"],
)
def test_everyday_text_raises_no_flag(body):
    assert flagged(body, own_words=["english", "spanish"]) == []
