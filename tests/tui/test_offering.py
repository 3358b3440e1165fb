"""What a line offers while it is typed."""

import pytest

from reflect.tui.offering import Offer, Vocabulary, complete

FILTERS = Vocabulary(
    {
        "kind": [Offer("finding", "Finding"), Offer("call-in", "Call-in")],
        "since": [Offer("today"), Offer("last week")],
        "agenda": [Offer("what-makes", "What makes families answer?")],
    },
    [Offer("kind"), Offer("since")],
)
TAGS = Vocabulary(words=[Offer("front office"), Offer("equity")])


@pytest.mark.parametrize(
    ("text", "known", "offered"),
    [
        ("ki", FILTERS, ["kind:"]),
        ("words ki", FILTERS, ["kind:"]),
        ("k", FILTERS, []),
        ("kind:", FILTERS, ["kind:finding ", "kind:call-in "]),
        ("kind:in", FILTERS, ["kind:finding ", "kind:call-in "]),
        ("kind:finding", FILTERS, []),
        ("since:l", FILTERS, ['since:"last week" ']),
        ('since:"last w', FILTERS, ['since:"last week" ']),
        ("agenda:famil", FILTERS, ["agenda:what-makes "]),
        ("nothing:x", FILTERS, []),
        ("-fr", TAGS, ['-"front office" ']),
        ("+equity -", TAGS, ['-"front office" ', "-equity "]),
        ("", TAGS, []),
    ],
)
def test_what_fits_is_offered(text, known, offered):
    assert list(complete(text, known).texts) == offered
