"""Setting up the bureau's forms: taken in, tied, tried, put in use, replaced, retired."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from oasis.kit.dates import now
from oasis.kit.refused import Refused
from oasis.papers.bureau import opening
from oasis.papers.bureau.guessing import guess
from oasis.papers.bureau.queries import Opened, opened_for_setting
from oasis.papers.bureau.ties import carried, packed, retied, ties_of
from oasis.papers.bureau.trying import tried
from oasis.papers.models import Template, TemplateFile
from oasis.people import trail
from oasis.people.roles import ArmKind, Need
from oasis.people.scope import Scope
from oasis.places.models import School

MOST = 60  # forms a school keeps in use
MOST_PLACES = 300
FILLED = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)")
State = TemplateFile.State


def receive_form(scope: Scope, *, school: School, title: str, data: bytes, largest: int, kind: str = "") -> Template:
    """Take a form in and guess its places; raises Refused for a file that is none, or one already filled in."""
    _must_set(scope, school)
    if not title.strip():
        raise Refused("title", "请写明这是什么表", field="title")
    ending, told = _read(data, largest)
    found, spots, bodies = guess(told, kind)
    _must_fit(len(spots))
    with transaction.atomic():
        _must_have_room(scope, school.pk)
        row = Template.objects.create(school=school, title=title.strip(), kind=found, made_by_id=scope.actor)
        TemplateFile.objects.create(
            template=row, school=school, ending=ending, data=data, layout=told, ties=packed(ties_of(spots), bodies),
            by_id=scope.actor,
        )  # fmt: skip
        trail.note(scope, "template.receive", school=school.pk, subject=str(row.pk), detail=row.kind)
    return row


def _must_set(scope: Scope, school: School) -> None:
    if school.pk not in scope.ids(ArmKind.SCHOOL, Need.CADENCES):
        raise Refused("out-of-reach", "只能设置本校的表")


def _must_have_room(scope: Scope, school: UUID) -> None:
    """Raise Refused when a school keeps as many forms as it may; its row is held, so that two at once do not pass."""
    School.objects.select_for_update().get(pk=school)
    if Template.objects.within(scope, Need.CADENCES).filter(school_id=school, retired_on=None).count() >= MOST:
        raise Refused("many", f"最多同时用{MOST}张表，请先停用不再要的", field="file")


def _must_fit(count: int) -> None:
    if not count:
        raise Refused("no-blank", "这张表里没有找到要填的空格。请传还没有填过的空白表，或换一种表", field="file")
    if count > MOST_PLACES:
        raise Refused(
            "many", f"这张表里有{count}个空格，最多{MOST_PLACES}个。请把要填的一页单独存成一个文件再传", field="file"
        )


def _read(data: bytes, largest: int) -> tuple[str, dict[str, Any]]:
    ending = opening.ending_of(data, largest=largest)
    told = opening.read(data, ending)
    words = [cell[4] for table in told["tables"] for cell in table["cells"]] + told["paragraphs"]
    if any(FILLED.search(text) for text in words):
        raise Refused("filled", "这张表里已经填了身份证号。请清空，只传空白表，孩子的信息由系统填", field="file")
    return ending, told


def replace_form(scope: Scope, *, template: UUID, data: bytes, largest: int) -> TemplateFile:
    """Take a newer file of a form: places whose words are the same keep what they were tied to."""
    held = _held(scope, template)
    ending, told = _read(data, largest)
    _kind, spots, bodies = guess(told, held.template.kind)
    _must_fit(len(spots))
    ties = carried(ties_of(spots), held.ties)
    return _version(scope, held, "template.replace", ending=ending, data=data, layout=told, ties=packed(ties, bodies))


def _version(scope: Scope, held: Opened, deed: str, **told: Any) -> TemplateFile:
    with transaction.atomic():
        row = _locked(scope, held)
        old = TemplateFile.objects.within(scope, Need.CADENCES).filter(template=row, state=State.DRAFT)
        old.update(state=State.OLD)
        made = TemplateFile.objects.create(
            template=row, school=row.school, number=_number(scope, row) + 1, by_id=scope.actor, **told
        )
        trail.note(scope, deed, school=row.school_id, subject=str(row.pk), detail=str(made.number))
    return made


def _number(scope: Scope, row: Template) -> int:
    files = TemplateFile.objects.within(scope, Need.CADENCES).filter(template=row)
    return max(files.values_list("number", flat=True), default=0)


def _locked(scope: Scope, held: Opened) -> Template:
    """Hold the form for this act; raises Refused when it was retired or its version or ties were changed meanwhile."""
    row = Template.objects.within(scope, Need.CADENCES).select_for_update().get(pk=held.template.pk)
    if row.retired_on:
        raise Refused("retired", "这张表已经停用，先恢复再改")
    files = TemplateFile.objects.within(scope, Need.CADENCES).filter(template=row)
    newest = files.order_by("-number").values_list("number", "ties").first()
    if newest != (held.file.number, held.file.ties):
        raise Refused("meanwhile", "别人刚换了这张表或者改了格子，请刷新页面后再来")
    return row


def _held(scope: Scope, template: UUID) -> Opened:
    held = opened_for_setting(scope, template)
    if held is None:
        raise Refused("out-of-reach", "只能设置本校的表")
    return held


@transaction.atomic
def tie_form(
    scope: Scope,
    *,
    template: UUID,
    number: int,
    chosen: Mapping[str, tuple[str, str, str, str]],
    empties: str,
    title: str,
) -> TemplateFile:
    """Take a person's choices for the places of a form; they must be tried again before they are used."""
    held = _held(scope, template)
    if held.file.number != number:
        raise Refused("meanwhile", "别人刚换了这张表，请刷新页面后再改")
    if empties not in Template.Empties.values or not title.strip():
        raise Refused("title", "请写明表名，并选择没有登记的内容怎么写")
    ties = packed(retied(held.ties, held.template.kind, chosen), held.bodies)
    if held.file.state != State.DRAFT and ties != held.file.ties:
        file = held.file
        made = _version(scope, held, "template.tie", ending=file.ending, data=file.data, layout=file.layout, ties=ties)
    else:
        made = _retie(scope, held, ties)
    Template.objects.within(scope, Need.CADENCES).filter(pk=template).update(empties=empties, title=title.strip())
    return made


def _retie(scope: Scope, held: Opened, ties: dict[str, Any]) -> TemplateFile:
    file = held.file
    with transaction.atomic():
        row = _locked(scope, held)
        if ties != file.ties:
            file.ties, file.tried_at = ties, None
            file.save(update_fields=["ties", "tried_at"])
        trail.note(scope, "template.tie", school=row.school_id, subject=str(row.pk), detail=str(file.number))
    return file


@transaction.atomic
def change_kind(scope: Scope, *, template: UUID, kind: str) -> None:
    """Say that a form is of another kind: its places are guessed anew."""
    held = _held(scope, template)
    if kind not in Template.Kind.values:
        raise Refused("kind", "请选择这是哪一种表")
    _kind, spots, bodies = guess(held.file.layout, kind)
    _must_fit(len(spots))
    file = held.file
    _version(
        scope, held, "template.tie", ending=file.ending, data=file.data, layout=file.layout,
        ties=packed(ties_of(spots), bodies),
    )  # fmt: skip
    Template.objects.within(scope, Need.CADENCES).filter(pk=template).update(kind=kind)


def try_form(scope: Scope, *, template: UUID) -> bytes:
    """Fill a form with samples and see that every place took its own; raises Refused naming what did not."""
    held = _held(scope, template)
    if held.unknown:
        raise Refused("unknown", f"还有{len(held.unknown)}格没有定，定好再试填")
    made = tried(bytes(held.file.data), held.file.ending, held.ties, held.bodies)
    with transaction.atomic():
        row = _locked(scope, held)
        TemplateFile.objects.within(scope, Need.CADENCES).filter(pk=held.file.pk).update(tried_at=now())
        trail.note(scope, "template.try", school=row.school_id, subject=str(row.pk), detail=str(held.file.number))
    return made


def use_form(scope: Scope, *, template: UUID) -> None:
    """Put the newest version in use; raises Refused before it was tried."""
    held = _held(scope, template)
    if held.file.tried_at is None or held.unknown:
        raise Refused("untried", "先试填一次，成功了才能启用")
    with transaction.atomic():
        row = _locked(scope, held)
        files = TemplateFile.objects.within(scope, Need.CADENCES).filter(template=row)
        files.exclude(pk=held.file.pk).update(state=State.OLD)
        files.filter(pk=held.file.pk).update(state=State.USED)
        trail.note(scope, "template.use", school=row.school_id, subject=str(row.pk), detail=str(held.file.number))


def retire_form(scope: Scope, *, template: UUID, back: bool = False) -> None:
    """Take a form out of use, or bring it back; what was exported with it stays on the trail."""
    held = _held(scope, template)
    with transaction.atomic():
        if back and held.template.retired_on:
            _must_have_room(scope, held.template.school_id)
        rows = Template.objects.within(scope, Need.CADENCES).filter(pk=template)
        rows.update(retired_on=None if back else scope.on)
        deed = "template.back" if back else "template.retire"
        trail.note(scope, deed, school=held.template.school_id, subject=str(template))
