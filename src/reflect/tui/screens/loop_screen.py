"""What a screen does that shows open loops: it leads to the doing of one, or puts it aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from reflect.tui import places
from reflect.tui.screens.desk_screen import DeskScreen

if TYPE_CHECKING:
    # The first frame of Today waits for none of these.
    from reflect.insights.loops import OpenLoop
    from reflect.insights.patterns.figures import Offer
    from reflect.tui.dialogs.rest import Aside
    from reflect.tui.doing import Doing


class LoopScreen(DeskScreen):
    """A screen with open loops on it."""

    class Found(Message):
        """What is to be done is known; `agenda` is where a new record belongs."""

        def __init__(self, doing: Doing, agenda: str) -> None:
            super().__init__()
            self.doing = doing
            self.agenda = agenda

    @on(Found)
    async def do(self, event: Found) -> None:
        """Open what closes a loop, or brings a pursuit nearer to being open."""
        from reflect.records.compose import Content as Beginning

        doing = event.doing
        if doing.is_reading:
            await self.app.push_screen(places.reader(doing.path))
        elif doing.kind:
            await self.app.push_screen(places.writing(doing.kind, Beginning(agenda=event.agenda, fields=doing.fields)))
        else:
            await self.app.push_screen(places.writing(path=doing.path, at=doing.at))

    def begin_one_of(self, offers: Sequence[Offer]) -> None:
        """Begin what is offered; of several, ask which."""

        def begin(answer: str | None) -> None:
            if answer is not None:
                self.begin(offers[int(answer) - 1])

        if len(offers) > 1:
            self.app.push_screen(places.choose_offer([offer.says for offer in offers]), begin)
        elif offers:
            self.begin(offers[0])

    def begin(self, offer: Offer) -> None:
        """Begin the writing that an offer stands for, or go to where it leads."""
        from reflect.records.compose import Content as Beginning

        if offer.loop or offer.part:
            self._find_doing(offer)
        elif offer.answers:
            self.app.push_screen(places.responding(offer.place, offer.answers))
        elif offer.kind:
            content = Beginning(
                title=offer.title, body=offer.body, agenda=offer.agenda, lenses=(offer.lens,) if offer.lens else (),
                tags=offer.tags, links=offer.links, fields=offer.fields,
            )  # fmt: skip
            self.app.push_screen(places.writing(offer.kind, content, place=offer.place))
        elif offer.at:
            self.app.push_screen(places.writing(path=offer.ref, at=offer.at))
        else:
            self.app.push_screen(places.reader(offer.ref))

    @work(thread=True, exclusive=True, exit_on_error=False, group="doing")
    def _find_doing(self, offer: Offer) -> None:
        from reflect.tui.doing import doing_for_part, doing_of

        workspace = self.workspace
        if offer.part:
            agenda = workspace.agenda(offer.ref)
            self.post_message(self.Found(doing_for_part(workspace, agenda, offer.part), agenda.row.id or offer.ref))
        else:
            loop = workspace.open_loop(offer.ref, offer.loop)
            self.post_message(self.Found(doing_of(workspace, loop), loop.row.agenda))

    def ask_to_put_aside(self, loop: OpenLoop) -> None:
        """Ask whether a loop is put off, or rests."""

        def answer(aside: Aside | None) -> None:
            if aside is not None:
                self._put_aside(loop, aside)

        self.app.push_screen(places.rest(loop, self.desk.now().date()), answer)

    @work(thread=True, exit_on_error=False, group="aside")
    def _put_aside(self, loop: OpenLoop, aside: Aside) -> None:
        from reflect.tui.resting import put_aside

        self.post_message(put_aside(self.workspace, loop, aside, self.desk.now().date()))
