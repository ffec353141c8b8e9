"""Keeping children at school: found in the absences, opened, brought back, reported in writing and each month; who is kept out."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from oasis.campus import schooling as ask
from oasis.campus.actions.schooling import confirm_out, report_case, report_month
from oasis.campus.models import Absence, Dropout, SchoolingMonth
from oasis.campus.waiting import waits
from oasis.children.actions.moves import leave
from oasis.children.models import Child
from oasis.kit.ids import new_id
from oasis.kit.refused import Refused
from oasis.papers.actions import export_place
from oasis.people.meanwhile import mark
from oasis.places.models import SchoolDay, Term
from oasis.records.actions.schooling import end_case, open_case, persuade
from oasis.records.models import Record
from tests.world import TODAY, World

WHY = "a test looks"
Login = Callable[[str], Client]


def away(world: World, who: str = "zhao", days: int = 3, child: str = "lin") -> Dropout:
    """Lin has not come for some days."""
    told: dict[str, Any] = {"absent_from": TODAY - timedelta(days=days), "reason": "weary", "words": "奶奶说去了镇上"}
    return open_case(world.scope(who), world.children[child], **told)


def tried(world: World, row: Dropout, **more: Any) -> None:
    told: dict[str, Any] = {
        "on": TODAY,
        "who": "赵明霞",
        "way": "visit",
        "met": "奶奶",
        "result": "agreed",
        "words": "下周一来",
    }
    persuade(world.scope("zhao"), row, **{"id": new_id()} | told | more)


def code(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def missed(world: World, *days: int, reason: str = "unknown", child: str = "lin") -> None:
    lin = world.children[child]
    for day in days:
        Absence.objects.create(school=lin.school, child=lin, on=date(2026, 11, day), part="day", reason=reason)


def test_a_run_of_absence_over_a_weekend_is_found_once_and_opens_the_case(world: World, login: Login) -> None:
    missed(world, 19, 20, 23)
    missed(world, 19, 20, 23, reason="ill", child="yang")
    (run,) = ask.runs(world.scope("zhao"))
    assert (run.child.pk, run.since, run.days) == (world.children["lin"].pk, date(2026, 11, 19), 3)
    assert "缺勤3天" in login("zhao").get(reverse("schooling")).text
    assert ask.runs(world.scope("qian")) == []
    away(world)
    assert ask.runs(world.scope("zhao")) == []


def test_a_day_without_lessons_by_the_schools_own_calendar_does_not_break_a_run(world: World) -> None:
    missed(world, 18, 20, 23)
    assert ask.runs(world.scope("zhao")) == [], "the 19th was a day of lessons"
    SchoolDay.objects.create(school=world.schools["青河县"], on=date(2026, 11, 19), open=False)
    assert [(run.since.day, run.days) for run in ask.runs(world.scope("zhao"))] == [(18, 3)]


def test_a_case_ends_also_when_the_child_has_moved_away(world: World) -> None:
    row, li = away(world), world.scope("li")
    leave(li, world.children["lin"], state="moved", on=TODAY, reason="转学")
    end_case(li, row, how="cleared", on=TODAY, words="补办了转学")
    assert not ask.cases(li).get().running
    lines = Record.objects.everywhere(why=WHY).filter(kind="schooling")
    assert [one.details["stage"] for one in lines] == ["found"], "the file of a child who left stays as it is"


def test_a_case_declared_meanwhile_is_not_ended_as_if_it_were_not(world: World) -> None:
    zhao, row = world.scope("zhao"), away(world)
    seen = mark(row.state)
    confirm_out(world.scope("li"), row)
    assert code(lambda: end_case(zhao, row, how="cleared", on=TODAY, words="看错了", seen=seen)) == "meanwhile"
    end_case(zhao, row, how="back", on=TODAY, words="回来了", seen=mark(ask.cases(zhao).get().state))


def test_a_case_is_followed_from_the_first_day_until_the_child_is_back(world: World) -> None:
    zhao, li, row = world.scope("zhao"), world.scope("li"), away(world)
    assert code(lambda: away(world)) == "running"
    tried(world, row)
    assert code(lambda: tried(world, row, on=TODAY - timedelta(days=9))) == "day"
    assert code(lambda: confirm_out(zhao, row)) == "lead"
    confirm_out(li, row)
    assert code(lambda: confirm_out(li, row)) == "state"
    assert code(lambda: report_case(zhao, row, bureau_on=TODAY)) == "lead"
    assert code(lambda: report_case(li, row, bureau_on=TODAY - timedelta(days=30))) == "day"
    report_case(li, row, bureau_on=TODAY, bureau_no="2号")
    assert code(lambda: end_case(zhao, row, how="back", on=TODAY, words="")) == "words"
    end_case(zhao, row, how="back", on=TODAY, words="回到三（1）班")
    assert code(lambda: tried(world, row)) == "ended"
    stages = Record.objects.everywhere(why=WHY).filter(kind="schooling").order_by("pk")
    assert [one.details["stage"] for one in stages] == ["found", "persuaded", "back"]
    assert Dropout.objects.everywhere(why=WHY).get().bureau_no == "2号"


def test_visits_stand_on_the_teachers_list_and_written_reports_on_the_deans(world: World) -> None:
    row = away(world, days=8)
    zhao, wu = (waits(world.scope(who)) for who in ("zhao", "wu"))
    assert [one.what for one in zhao] == ["林晓晓：当天上门了解"]
    assert [one.what for one in wu if one.late] == [
        "2026年10月控辍保学月报",
        "林晓晓：书面报告教育局",
        "林晓晓：书面报告乡镇政府",
    ]
    assert waits(world.scope("qian")) == []
    tried(world, row)
    assert waits(world.scope("zhao")) == []
    again = waits(world.scope("zhao", TODAY + timedelta(days=7)))
    assert [one.what for one in again] == ["林晓晓：再去劝返"]


def test_a_month_without_anybody_away_is_reported_too_and_leaves_the_list(world: World) -> None:
    wu, school = world.scope("wu"), world.schools["青河县"]
    assert [one.what for one in waits(wu)] == ["2026年10月控辍保学月报", "2026年11月控辍保学月报"]
    assert [one.what for one in waits(world.scope("li"))] == ["2026年10月控辍保学月报"], "the principal when it is late"
    row = report_month(wu, school=school.pk, month=date(2026, 10, 1), on=TODAY)
    assert row.nil
    assert row.pupils == 4
    away(world)
    report_month(wu, school=school.pk, month=TODAY, on=TODAY)
    report_month(wu, school=school.pk, month=TODAY, on=TODAY, words="已上门")
    last = SchoolingMonth.objects.everywhere(why=WHY).get(month=date(2026, 11, 1))
    assert (last.suspected, last.out, last.opened, last.words) == (1, 0, 1, "已上门")
    assert [one.what for one in waits(wu)] == []
    assert code(lambda: report_month(wu, school=school.pk, month=date(2026, 12, 1), on=TODAY)) == "day"
    for who in ("zhao", "feng", "zhou"):
        assert code(lambda: report_month(world.scope(who), school=school.pk, month=TODAY, on=TODAY)) == "out-of-reach"  # noqa: B023


def test_others_see_and_write_nothing(world: World) -> None:
    row = away(world)
    told: dict[str, Any] = {"id": new_id(), "on": TODAY, "who": "x", "way": "visit", "result": "unmet", "words": "x"}
    for who in ("qian", "sun", "feng", "xu", "zheng"):
        scope = world.scope(who)
        assert list(ask.cases(scope)) == []
        assert code(lambda: away(world, who, child="yang")) == "out-of-reach"  # noqa: B023
        assert code(lambda: persuade(scope, row, **told)) == "out-of-reach"  # noqa: B023


def test_the_ledger_prints_with_its_cases_and_without(world: World) -> None:
    def printed() -> str:
        told: dict[str, Any] = {"place": world.klasses["三1"].pk, "whom": "all", "purpose": "report", "link": str}
        data = export_place(world.scope("zhao"), paper="dropout-ledger", ending="xlsx", **told).data
        return " ".join(str(cell.value or "") for row in openpyxl.load_workbook(BytesIO(data)).active for cell in row)

    assert "没有疑似辍学、辍学的学生" in printed()
    tried(world, away(world))
    said = printed()
    assert "林晓晓" in said
    assert "上门家访 答应返校" in said
    assert "陈浩" not in said


def test_a_case_in_the_browser(world: World, login: Login) -> None:
    zhao, li, lin = login("zhao"), login("li"), world.children["lin"]
    assert "林晓晓" in zhao.get(reverse("schooling-new")).text
    told = {"child": str(lin.pk), "absent_from": str(TODAY), "reason": "follow", "words": ""}
    bad = zhao.post(reverse("schooling-new"), told)
    assert bad.status_code == 422
    assert zhao.post(reverse("schooling-new"), told | {"words": "跟父母走了"}).status_code == 302
    row = Dropout.objects.everywhere(why=WHY).get()
    where = reverse("schooling-case", kwargs={"pk": row.pk})
    attempt = {"form": "try", "on": str(TODAY), "who": "赵明霞", "way": "phone", "met": "", "result": "unsure"}
    assert zhao.post(where, attempt).status_code == 422
    assert zhao.post(where, attempt | {"words": "再想想"}).status_code == 302
    assert "再想想" in zhao.get(where).text
    assert "认定为辍学" not in zhao.get(where).text
    li.post(where, {"form": "out"})
    li.post(
        where,
        {
            "form": "written",
            "bureau_on": str(TODAY),
            "bureau_no": "",
            "township_on": "",
            "township_no": "",
            "marked_on": "",
        },
    )
    assert "辍学" in li.get(reverse("schooling")).text
    zhao.post(where, {"form": "end", "how": "back", "on": str(TODAY), "words": "回原班"})
    assert "已复学" in zhao.get(where).text
    month = reverse("schooling-month", kwargs={"pk": lin.school_id, "year": 2026, "month": 11})
    assert li.post(month, {"on": str(TODAY), "words": ""}).status_code == 302
    assert li.get(month.replace("/11/", "/12/")).status_code == 404
    assert "留守" not in li.get(where).text


def test_what_somebody_else_reported_is_replaced_only_by_who_has_seen_it(world: World, login: Login) -> None:
    li, wu, school = world.scope("li"), world.scope("wu"), world.schools["青河县"]
    row = report_month(wu, school=school.pk, month=TODAY, on=TODAY, words="零报告")
    assert code(lambda: report_month(li, school=school.pk, month=TODAY, on=TODAY, words="我的")) == "meanwhile"
    client, where = login("li"), reverse("schooling-month", kwargs={"pk": school.pk, "year": 2026, "month": 11})
    answer = client.post(where, {"on": str(TODAY), "words": "我的"})
    assert answer.status_code == 422
    assert "吴秀英已经报了" in answer.text
    assert "我的" in answer.text
    assert f'name="seen" value="{mark(row.at)}"' in answer.text
    assert client.post(where, {"on": str(TODAY), "words": "我的", "seen": mark(row.at)}).status_code == 302
    assert SchoolingMonth.objects.everywhere(why=WHY).get(month=date(2026, 11, 1)).words == "我的"


def spring_of(world: World) -> None:
    Term.objects.create(
        school=world.schools["青河县"], year=2026, half=2, starts_on=date(2027, 2, 22), ends_on=date(2027, 7, 3),
        visit1_until=date(2027, 3, 15), visit2_from=date(2027, 4, 10), visit2_until=date(2027, 5, 15), visit3_from=date(2027, 6, 10),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("on", "owed"),
    [
        (date(2026, 9, 20), [9]),  # nothing of August: the first term began in September
        (date(2027, 2, 25), [1, 2]),
        (date(2027, 7, 20), [6]),
        (date(2027, 8, 20), []),
    ],
)
def test_a_month_of_holidays_is_not_asked_for(world: World, on: date, owed: list[int]) -> None:
    spring_of(world)
    found = ask.unreported(world.scope("wu", on), [world.schools["青河县"]])
    assert [month.month for months in found.values() for month in months] == owed


def test_a_school_that_began_to_work_with_files_in_november_is_not_asked_for_october(world: World) -> None:
    Child.objects.everywhere(why=WHY).filter(school=world.schools["青河县"]).update(opened_on=date(2026, 11, 10))
    found = ask.unreported(world.scope("wu"), [world.schools["青河县"]])
    assert [month.month for months in found.values() for month in months] == [11]


def test_more_cases_than_fifty_all_stand_on_the_list(world: World) -> None:
    lin = world.children["lin"]
    for n in range(55):
        Dropout.objects.create(
            school=lin.school, child=lin, absent_from=TODAY - timedelta(days=n), reason="weary", words="x", opened_on=TODAY,
            state="back", ended_on=TODAY,
        )  # fmt: skip
    Dropout.objects.everywhere(why=WHY).filter(child=lin)
    away(world)
    assert [one.what for one in waits(world.scope("zhao"))] == ["林晓晓：当天上门了解"]
