"""Driver diagrams: an outline becomes a tree, drawn from left to right."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from reflect.exports.figures.driver_diagram_svg import driver_diagram_svg
from reflect.exports.figures.tree_lines import tree_lines
from reflect.insights.driver_diagram import DriverDiagram, driver_diagram
from reflect.records.outline import read_outline
from tests.exports.test_run_chart import row_with

DRIVERS = """
Words of our own.

- Families hear early
  - Counselors
    - Six weeks of messages [[01KX7W]]
    - A call in the first week
      1. a script
  - Front office
- Time
"""
TREE = """\
On track by    ─┬─ Families hear  ─┬─ Counselors     ─┬─ Six weeks of
June            │  early           │                  │  messages ↗
                │                  │                  │
                │                  │                  ├─ A call in the
                │                  │                  │  first week
                │                  │                  │
                │                  │                  └─ a script
                │                  │
                │                  └─ Front office
                │
                └─ Time"""
NARROW = """\
On track by June
├─ Families hear early
│  ├─ Counselors
│  │  ├─ Six weeks of
│  │  │  messages ↗
│  │  ├─ A call in the
│  │  │  first week
│  │  └─ a script
│  └─ Front office
└─ Time"""


def diagram(drivers: str = DRIVERS, aim: str = "On track by June") -> DriverDiagram:
    return driver_diagram(row_with({}), aim, drivers)


def test_an_outline_is_drawn_from_left_to_right_or_below_where_there_is_no_room():
    assert "\n".join(tree_lines(diagram().root, 72)) == TREE
    assert "\n".join(tree_lines(diagram().root, 24)) == NARROW


def test_what_lies_deeper_than_ideas_is_drawn_among_them_and_what_is_no_list_is_kept_aside():
    assert [idea.text for idea in diagram().ideas()] == [
        "Six weeks of messages [[01KX7W]]", "A call in the first week", "a script",
    ]  # fmt: skip
    assert diagram().aside == ("Words of our own.",)


def test_an_idea_that_leads_to_no_record_is_untried():
    assert [idea.text for idea in diagram().untried()] == ["A call in the first week", "a script"]


def test_the_picture_holds_every_point_and_says_the_outline():
    root = ElementTree.fromstring(driver_diagram_svg(diagram()))
    svg = "{http://www.w3.org/2000/svg}"
    assert len(root.findall(f"{svg}rect")) == 8
    assert "primary driver: Families hear early; secondary driver: Counselors" in root.find(f"{svg}desc").text


def test_without_drivers_there_is_the_aim_alone():
    assert diagram("").is_empty
    assert tree_lines(diagram("").root) == ["On track by June"]
    assert diagram("", aim="").root.text == "Families who answer"


@given(
    st.lists(st.tuples(st.integers(0, 6), st.text("abc [<&", min_size=1, max_size=12)), max_size=12), st.integers(1, 90)
)
def test_any_outline_is_drawn_with_all_its_words(points, columns):
    text = "\n".join(f"{'  ' * depth}- {words}" for depth, words in points)
    outline = read_outline(text)
    drawn = diagram(text)
    kept = sum(len(item.text.replace(" ", "")) for each in outline.items for _, item in each.walk())
    assert sum(len(item.text.replace(" ", "")) for _, item in drawn.root.walk()) == kept + len("OntrackbyJune")
    assert tree_lines(drawn.root, columns)
    ElementTree.fromstring(driver_diagram_svg(drawn))
