"""第一步: what an empty school does first, with live ticks."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import get_resolver

from oasis.children.beginnings import any_file, any_pairing
from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import school_of
from oasis.people.gate import screen
from oasis.people.queries import colleagues, homeroom_teachers
from oasis.people.roles import Need
from oasis.places.models import School
from oasis.places.queries import classes_on, term_on


@dataclass(frozen=True)
class Step:
    """One thing to do: whether it is done, where, and who else may do it."""

    title: str
    why: str
    done: bool
    route: str
    button: str
    need: Need
    otherwise: str = ""


def index(request: DeskRequest) -> HttpResponse:
    """Show the steps of a school's beginning."""
    school = school_of(request)
    steps = _ground(request, school) + _children(school)
    routes = get_resolver().reverse_dict
    shown = [(step, step.route in routes and request.scope.can(step.need)) for step in steps]
    return page(request, "desk/first_steps.html", steps=shown, done=sum(step.done for step in steps), total=len(steps))


def _ground(request: DeskRequest, school: School) -> list[Step]:
    on = request.scope.on
    term = term_on(school.pk, on)
    klasses = classes_on(school.pk, on)
    teachers = homeroom_teachers(school, on)
    return [
        Step(
            "填好学校资料", "值班电话会印在每个孩子的联系卡上。",
            bool(school.duty_phone), "settings-school", "填写学校资料", Need.SETTINGS,
        ),
        Step(
            "设好本学期", "家访、通话什么时候到期，都从学期的日期算起。",
            term is not None and term.holds(on), "settings-terms", "查看学期", Need.SETTINGS,
        ),
        Step(
            "添加班级", "填每个年级几个班，一次建好；导入花名册时也会自动建。",
            bool(klasses), "settings-classes", "添加班级", Need.SETTINGS,
        ),
        Step(
            "添加老师", "给每位老师一个账号和岗位。班主任只看得到自己班。",
            len(colleagues(request.scope, school)) > 1, "settings-people", "添加人员", Need.PEOPLE,
        ),
        Step(
            "每个班都有班主任", "没有班主任的班，到期的事没有人接。",
            bool(klasses) and all(klass.pk in teachers for klass in klasses), "settings-classes", "看哪些班还缺", Need.SETTINGS,
        ),
    ]  # fmt: skip


def _children(school: School) -> list[Step]:
    return [
        Step(
            "导入花名册", "用学校现有的 Excel 就行，先预览、再确认，错的行会说明原因。",
            any_file(school.pk), "intake", "导入花名册", Need.IMPORT, "请校长、德育主任或班主任登录后，在“导入”里完成。",
        ),
        Step(
            "安排结对帮扶", "给需要的孩子安排一位帮扶的大人。",
            any_pairing(school.pk), "klasses", "去班级里安排", Need.PAIR, "请校长、德育主任或班主任登录后，在孩子的档案里完成。",
        ),
    ]  # fmt: skip


ROUTES = (screen("first-steps/", index, needs=Need.SETTINGS, name="first-steps"),)
