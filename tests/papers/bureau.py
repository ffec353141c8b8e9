"""What the tests of the bureau's forms share: a form received, settled, filled for a child."""

import io
from typing import Any

import docx

from oasis.papers.bureau import actions
from oasis.papers.bureau.export import Wanted, export_form
from oasis.papers.bureau.queries import opened_for_setting
from oasis.papers.bureau.ties import Tie
from oasis.papers.models import Template
from tests.world import World

LARGE = 10 << 20


def received(world: World, data: bytes, who: str = "li", kind: str = "", title: str = "县里的表") -> Template:
    return actions.receive_form(
        world.scope(who), school=world.schools["青河县"], title=title, data=data, largest=LARGE, kind=kind
    )


def ties(world: World, template: Template) -> dict[str, Tie]:
    opened = opened_for_setting(world.scope("li"), template.pk)
    assert opened
    return {tie.words: tie for tie in opened.ties}


def settle(world: World, template: Template, **others: tuple[str, str, str, str]) -> None:
    """Leave what nobody knows to a hand, tie the rest as told by label, try it, put it in use."""
    li = world.scope("li")
    opened = opened_for_setting(li, template.pk)
    assert opened
    chosen = {tie.key: ("hand", "", "", "") for tie in opened.unknown}
    chosen |= {tie.key: others[tie.label] for tie in opened.ties if tie.label in others}
    actions.tie_form(
        li, template=template.pk, number=opened.file.number, chosen=chosen, empties="dash", title=template.title
    )
    actions.try_form(li, template=template.pk)
    actions.use_form(li, template=template.pk)


def wanted(world: World, template: Template, **more: Any) -> Wanted:
    return Wanted(template.pk, more.pop("place", world.klasses["三1"].pk), more.pop("whom", "cared"), **more)


def one(world: World, template: Template, child: str = "lin", who: str = "zhao", **more: Any) -> Any:
    made = export_form(
        world.scope(who), wanted=wanted(world, template, child=world.children[child].pk, **more), purpose="report"
    )
    return made, docx.Document(io.BytesIO(made.data))


def words_of(document: Any) -> list[str]:
    return [cell.text for table in document.tables for row in table.rows for cell in row.cells]
