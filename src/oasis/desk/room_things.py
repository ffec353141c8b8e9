"""活动室 · 图书、作品、物品: lending by code, works on show, the ledger, stocktaking, scrap forms (D6)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from oasis.campus.actions.room import (
    add_book,
    add_item,
    ask_scrap,
    count_items,
    decide_scrap,
    give_back,
    hang,
    lend,
    take_down,
)
from oasis.campus.models import Book, Item, Scrap, Work
from oasis.campus.room import books, is_principal, item_of, last_count, ledger, lent, present, scraps, works
from oasis.desk.filing import form_of, row_of
from oasis.desk.own_work import ROOM_TABS, asked, class_names, colleagues, found, leads, workplace
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import ask, done, made_id, school_of
from oasis.kit.ids import new_id
from oasis.kit.text import fitting
from oasis.people.gate import screen
from oasis.people.roles import Need
from oasis.places.models import School

NONE = UUID(int=0)
ITEM = ("name", "code", "quantity", "unit", "source", "from_whom", "price", "on", "place", "state")


def _pupils(request: DeskRequest, school: School) -> list[tuple[str, str]]:
    names = class_names(school, request.scope.on)
    rows = present(request.scope, school) if request.scope.can(Need.NAMES) else []
    return [("", "请选择"), *((str(row.pk), f"{row.name}　{names.get(row.klass_id or NONE, '')}") for row in rows)]


class BackForm(forms.Form):
    """The code of a book that comes back."""

    code = forms.CharField(label="归还的书的编号", max_length=20)


def shelf(request: DeskRequest) -> HttpResponse:
    """Show the books; lend and take back by the code."""
    school, scope, which = workplace(request), request.scope, request.POST.get("form", "")
    reader = forms.ChoiceField(label="借给谁", choices=_pupils(request, school))
    code = forms.CharField(label="书的编号", max_length=20)
    kind = type("LendForm", (forms.Form,), {"code": code, "child": reader})
    lending = kind(request.POST if which == "lend" else None, auto_id="lend_%s")
    back = BackForm(request.POST if which == "back" else None, auto_id="back_%s")

    def lend_it() -> object:
        held = lending.cleaned_data
        return lend(
            scope, id=made_id(request), school=school.pk, code=held["code"], child=UUID(held["child"]), on=scope.on
        )

    if (which == "lend" and done(lending, lend_it)) or (
        which == "back" and done(back, lambda: give_back(scope, school=school.pk, code=back.cleaned_data["code"]))
    ):
        messages.success(request, "已登记。")
        return HttpResponseRedirect(reverse("room-books"))
    out, number = lent(scope, school) if scope.can(Need.NAMES) else ([], 0)
    return page(
        request, "desk/room_books.html", tab="room-books", tabs_shown=ROOM_TABS, lead="按书背上的编号借还。", lending=lending, back=back, id=new_id(),
        out=out, number=number, books=books(scope, school), names=class_names(school, scope.on), on=scope.on,
        leads=leads(scope, school.pk, Need.ACTIVITY), lends=scope.can(Need.NAMES), status=422 if lending.errors or back.errors else 200,
    )  # fmt: skip


def book(request: DeskRequest) -> HttpResponse:
    """Put a book on the shelf."""
    school = school_of(request, Need.ACTIVITY)
    form = form_of(Book, ("code", "title", "source"))(request.POST or None)
    return asked(
        request,
        form,
        lambda held: add_book(request.scope, id=made_id(request), school=school.pk, **held),
        title="添加图书",
        back=reverse("room-books"),
    )


def show(request: DeskRequest) -> HttpResponse:
    """Show the works on show."""
    school = workplace(request)
    rows = works(request.scope, school) if request.scope.can(Need.NAMES) else []
    return page(
        request, "desk/room_works.html", tab="room-works", tabs_shown=ROOM_TABS, lead="正在展出的作品。", rows=rows,
        names=class_names(school, request.scope.on), leads=leads(request.scope, school.pk, Need.ACTIVITY),
    )  # fmt: skip


def work(request: DeskRequest) -> HttpResponse:
    """Put a work on show."""
    school = school_of(request, Need.ACTIVITY)
    child = forms.ChoiceField(label="谁的作品", choices=_pupils(request, school))
    form = form_of(Work, ("kind", "title", "from_on"), child=child)(
        request.POST or None, initial={"from_on": request.scope.on}
    )

    def act(held: dict[str, Any]) -> object:
        return hang(request.scope, id=made_id(request), school=school.pk, **held | {"child": UUID(held["child"])})

    return asked(
        request,
        form,
        act,
        title="展出作品",
        back=reverse("room-works"),
        note="室外或网上展出要家长同意；室内展出也先问孩子愿不愿意。",
    )


def down(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take a work down."""
    row = row_of(request, Work, Need.ACTIVITY, pk=pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    ask(request, lambda: take_down(request.scope, row), "已撤下。")
    return HttpResponseRedirect(reverse("room-works"))


def things(request: DeskRequest) -> HttpResponse:
    """Show the ledger, the last stocktaking, the forms of writing off."""
    school, scope = workplace(request), request.scope
    counted_on, differ = last_count(scope, school)
    return page(
        request, "desk/room_items.html", tab="room-items", tabs_shown=ROOM_TABS, lead="台账、盘点、报废。", rows=ledger(scope, school), differ=differ,
        counted_on=counted_on, scraps=scraps(scope, school), leads=leads(scope, school.pk, Need.ACTIVITY), me=scope.actor,
        signs=leads(scope, school.pk, Need.APPROVE), principal=is_principal(scope, school.pk),
    )  # fmt: skip


def thing(request: DeskRequest) -> HttpResponse:
    """Enter a thing into the ledger."""
    school = school_of(request, Need.ACTIVITY)
    people = colleagues(request, school)
    more = {
        "keeper": forms.ChoiceField(label="经手人", choices=people),
        "checker": forms.ChoiceField(
            label="验收人", choices=[("", "不填"), *people], required=False, help_text="和经手人不是同一个人"
        ),
    }
    form = form_of(Item, ITEM, **more)(
        request.POST or None, initial={"on": request.scope.on, "keeper": str(request.scope.actor)}
    )

    def act(held: dict[str, Any]) -> object:
        checker = UUID(held["checker"]) if held["checker"] else None
        return add_item(
            request.scope,
            id=made_id(request),
            school=school.pk,
            **held | {"keeper": UUID(held["keeper"]), "checker": checker},
        )

    return asked(request, form, act, title="物品入账", back=reverse("room-items"))


def count(request: DeskRequest) -> HttpResponse:
    """Take stock: how many of each there are."""
    school = school_of(request, Need.ACTIVITY)
    rows = ledger(request.scope, school)
    if request.method == "POST":
        told = {row.pk: (_number(request, row), request.POST.get(f"state-{row.pk}", "")) for row in rows}
        known = {
            pk: (number, state if state in Item.State.values else Item.State.GOOD.value)
            for pk, (number, state) in told.items()
        }
        ask(request, lambda: count_items(request.scope, school=school.pk, found=known), "盘点已登记，台账改为实有数。")
        return HttpResponseRedirect(reverse("room-items"))
    return page(request, "desk/room_count.html", rows=rows, states=Item.State.choices, on=request.scope.on)


def _number(request: DeskRequest, row: Item) -> int:
    told = request.POST.get(f"found-{row.pk}", "")
    return int(told) if told.isdecimal() and len(told) < 7 else row.quantity


def scrap(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Ask to write a thing off."""
    row: Item = found(item_of(request.scope, pk))
    form = form_of(Scrap, ("quantity", "reason"))(request.POST or None, initial={"quantity": 1})
    return asked(
        request, form, lambda held: ask_scrap(request.scope, row, id=made_id(request), **held), title=f"报废申报 · {row.name}",
        back=reverse("room-items"), lead=f"台账上有{row.quantity}{row.unit}。申报后由主管领导和校长分别签字，签完台账自动减少。", save="申报",
    )  # fmt: skip


def sign(request: DeskRequest, pk: UUID, what: str) -> HttpResponse:
    """Sign a form, or refuse it."""
    row = row_of(request, Scrap, Need.APPROVE, pk=pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    why = request.POST.get("why", "")
    ask(request, lambda: decide_scrap(request.scope, row, yes=what == "yes", why=fitting(why, 80, "原因")), "已登记。")
    return HttpResponseRedirect(reverse("room-items"))


ROUTES = (
    screen("room/books/", shelf, needs=Need.DESK, name="room-books"),
    screen("room/books/new/", book, needs=Need.ACTIVITY, name="room-book-new"),
    screen("room/works/", show, needs=Need.DESK, name="room-works"),
    screen("room/works/new/", work, needs=Need.ACTIVITY, name="room-work-new"),
    screen("room/works/<uuid:pk>/down/", down, needs=Need.ACTIVITY, name="room-work-down"),
    screen("room/items/", things, needs=Need.DESK, name="room-items"),
    screen("room/items/new/", thing, needs=Need.ACTIVITY, name="room-item-new"),
    screen("room/items/count/", count, needs=Need.ACTIVITY, name="room-count"),
    screen("room/items/<uuid:pk>/scrap/", scrap, needs=Need.ACTIVITY, name="room-scrap"),
    screen("room/scraps/<uuid:pk>/<slug:what>/", sign, needs=Need.APPROVE, name="room-scrap-sign"),
)
