"""The parts of the page, and how their texts are put together."""

from __future__ import annotations

from collections.abc import Iterable

from riskcheck.frozen import frozen
from riskcheck.model.text import Text
from riskcheck.reports.html.markup import Markup, element, joined, quoted


@frozen
class Section:
    """A part of the page that the bar at its top leads to.

    `lead` is a line below its title. `titled`: the content brings its own heading, with the id that `title_id` gives.
    """

    id: str
    title: Text
    content: Markup
    lead: Text | None = None
    count: int | None = None
    titled: bool = False

    def markup(self) -> Markup:
        """The section as it stands in the page."""
        return element(
            "section",
            None if self.titled else element("h2", self.title, self.count_mark(), id=title_id(self.id)),
            element("p", self.lead, class_="lead") if self.lead else None,
            self.content,
            id=self.id,
            aria_labelledby=title_id(self.id),
        )

    def count_mark(self) -> Markup | None:
        """How many entries the section has, where that is told."""
        return None if self.count is None else element("span", f" {self.count}", class_="count")


def title_id(section: str) -> str:
    """The id of a section's heading."""
    return f"{section}-title"


def table(heads: Iterable[Text], rows: Iterable[Markup], caption: Text | None = None, kind: str = "") -> Markup:
    """A table with a head for each column; it scrolls sideways within itself where the screen is narrow."""
    return element(
        "table",
        element("caption", caption, class_="unseen") if caption else None,
        element("thead", element("tr", *(element("th", each, scope="col") for each in heads))),
        element("tbody", *rows),
        class_=f"list {kind}".strip(),
    )


def row(*cells: Markup | Text | str | int | None) -> Markup:
    """A row of a table; a cell that is None is empty."""
    return element("tr", *(element("td", each) for each in cells))


def lines(texts: Iterable[Text]) -> Markup:
    """Each text in a paragraph of its own."""
    return joined(element("p", each) for each in texts)


def pairs(entries: Iterable[tuple[Text, Markup | Text | str | int | None]]) -> Markup:
    """Names with what they say, as a list of descriptions."""
    return element(
        "dl",
        *(element("div", element("dt", name), element("dd", said)) for name, said in entries if said is not None),
    )


def unseen(said: Text) -> Markup:
    """Text for those who have the page read to them."""
    return element("span", said, class_="unseen")


def place(said: str) -> Markup:
    """A place in the facts, such as a cell."""
    return element("code", quoted(said))


def listed(entries: Iterable[Markup], kind: str, *, ordered: bool = False) -> Markup:
    """A list of entries."""
    return element("ol" if ordered else "ul", *(element("li", each) for each in entries), class_=kind)


def folded(summary: Text, content: Markup, *, kind: str = "more") -> Markup:
    """What is there to unfold."""
    return element("details", element("summary", summary), content, class_=kind)


def rating_text(likelihood: int, impact: int) -> Text:
    """Of what a rating is the product."""
    return Text(f"likelihood {likelihood} × impact {impact}", f"可能性 {likelihood} × 影响 {impact}")
