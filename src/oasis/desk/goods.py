"""物资: what is in store, in and out, stocktaking, and the list to sign."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.campus import goods as ask
from oasis.campus.actions.goods import count_goods, scrap, signed, take_in
from oasis.campus.models import Goods, Movement
from oasis.desk.filing import row_of
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import ask as do
from oasis.desk.setting import attempt, done, made_id
from oasis.kit.ids import ids_in, new_id
from oasis.people.gate import screen
from oasis.people.roles import Need
from oasis.records.actions.gifts import hand_out
from oasis.records.kinds.gift import OCCASIONS


class InForm(forms.Form):
    """What came in."""

    name = forms.CharField(label="物品", max_length=40, help_text="如：书包、棉被；库里已有的写同样的名字")
    unit = forms.CharField(label="单位", max_length=8, initial="件")
    quantity = forms.IntegerField(label="数量", min_value=1, max_value=99999)
    source = forms.ChoiceField(
        label="来源", choices=Movement.Source.choices, widget=forms.RadioSelect, initial="school"
    )
    price = forms.DecimalField(label="单价（元）", min_value=0, max_digits=8, decimal_places=2, required=False)
    donor = forms.CharField(label="捐赠人或单位", max_length=60, required=False)
    receipt = forms.CharField(label="收据、捐赠证书号", max_length=40, required=False)
    place = forms.CharField(label="存放在哪里", max_length=40, required=False)
    words = forms.CharField(
        label="说明", max_length=120, required=False, help_text="不写广告；受捐不要求孩子出面致谢、拍照"
    )


class OutForm(forms.Form):
    """What is given, for what."""

    each = forms.IntegerField(label="每人几件", min_value=1, max_value=999, initial=1)
    occasion = forms.ChoiceField(label="什么日子", choices=OCCASIONS, widget=forms.RadioSelect, initial="care")
    words = forms.CharField(label="说明", max_length=120, required=False)


class CountForm(forms.Form):
    """What is really there."""

    counted = forms.IntegerField(label="盘点实数", min_value=0, max_value=99999)
    words = forms.CharField(label="和账上不一样的原因", max_length=120, required=False)


class ScrapForm(forms.Form):
    """What is broken."""

    quantity = forms.IntegerField(label="报废几件", min_value=1, max_value=99999)
    words = forms.CharField(label="原因", max_length=120)


def index(request: DeskRequest) -> HttpResponse:
    """Show what is in store and what moved; take goods in."""
    schools = ask.stock_schools(request.scope)
    if not schools:
        raise Http404
    form = InForm(request.POST or None)
    if request.method == "POST":
        row = attempt(form, lambda: take_in(request.scope, id=made_id(request), school=schools[0], **form.cleaned_data))
        if row:
            messages.success(request, "已入库。")
            return HttpResponseRedirect(reverse("goods"))
    return page(
        request, "desk/goods.html", shelves=ask.shelves(request.scope), moved=ask.movements(request.scope), form=form, made=new_id(),
        status=422 if form.errors else 200,
    )  # fmt: skip


def show(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show one kind of goods; give it to children, count it, scrap some."""
    goods = row_of(request, Goods, Need.STOCK, pk=pk)
    which, made = request.POST.get("form", ""), made_id(request)
    out = OutForm(request.POST if which == "out" else None, auto_id="out_%s")
    count = CountForm(request.POST if which == "count" else None, auto_id="count_%s")
    broken = ScrapForm(request.POST if which == "scrap" else None, auto_id="scrap_%s")
    chosen = ids_in(request.POST.getlist("children"), most=2000)
    acts: dict[str, tuple[forms.Form, Callable[[], object]]] = {
        "out": (out, lambda: hand_out(request.scope, id=made, goods=pk, children=chosen, **out.cleaned_data)),
        "count": (count, lambda: count_goods(request.scope, id=made, goods=pk, **count.cleaned_data)),
        "scrap": (broken, lambda: scrap(request.scope, id=made, goods=pk, **broken.cleaned_data)),
    }
    if which in acts and done(*acts[which]):
        messages.success(request, "已登记。")
        return HttpResponseRedirect(reverse("goods-show", kwargs={"pk": pk}))
    return page(
        request, "desk/goods_show.html", goods=goods, left=ask.left_of(request.scope, goods), moved=ask.movements(request.scope, pk), out=out, count=count,
        broken=broken, items=_items(request, chosen), made=new_id(), status=422 if any(form.errors for form, _act in acts.values()) else 200,
    )  # fmt: skip


def _items(request: DeskRequest, chosen: list[UUID]) -> list[tuple[str, str, str, bool]]:
    return [
        (
            str(c.pk),
            c.name,
            c.klass.name(request.scope.on, c.school.primary_years) if c.klass else "未编班",
            c.pk in chosen,
        )
        for c in ask.receivers(request.scope)
    ]


def handed(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Show the list of a handing-out, to print and sign; note that it came back signed."""
    row = ask.movement_of(request.scope, pk)
    if row is None:
        raise Http404
    if request.method == "POST":
        do(request, lambda: signed(request.scope, row, on=request.scope.on), "已登记：签领表收回。")
        return HttpResponseRedirect(reverse("goods-handed", kwargs={"pk": pk}))
    return page(
        request, "desk/goods_handed.html", row=row, rows=ask.handed(request.scope, row), on=request.scope.on,
        occasion=dict(OCCASIONS).get(row.occasion, ""),
    )  # fmt: skip


ROUTES = (
    screen("goods/", index, needs=Need.STOCK, name="goods"),
    screen("goods/<uuid:pk>/", show, needs=Need.STOCK, name="goods-show"),
    screen("goods/handed/<uuid:pk>/", handed, needs=Need.STOCK, name="goods-handed"),
)
