"""A roster sent and looked at: what the tests of the two acts share."""

from datetime import date
from typing import Any

from oasis.children.models import Away, Change, Child, ChildStatus, Enrolment, Hardship, Person, Phone, Tie
from oasis.intake import actions
from oasis.intake.models import Batch
from oasis.people.scope import Scope
from tests.intake import ugly
from tests.world import demo_id

WHY = "a test looks at everything"
HEAD = [
    "姓名",
    "性别",
    "身份证号",
    "班级",
    "是否寄宿",
    "留守类型",
    "父亲姓名",
    "父亲务工地",
    "父亲电话",
    "监护人",
    "与学生关系",
    "监护人电话",
    "困境类别",
    "家庭住址",
]
NEW_ID = demo_id(date(2017, 4, 2), "1", 77)
ROW = [
    "方 小舟",
    "男",
    NEW_ID,
    "三（1）班",
    "住校",
    "双亲留守儿童",
    "方大江",
    "浙江省宁波市",
    "19911110001",
    "吴桂花",
    "奶奶",
    "19911110002",
    "低保",
    "柳树村3组",
]


def sent(scope: Scope, *rows: list[Any], head: list[str] = HEAD, sheet: str = "名单") -> Batch:
    batch = actions.receive(scope, name="名册.xlsx", data=ugly.xlsx((sheet, [head, *rows])))
    return actions.preview(scope, batch)


def states(batch: Batch) -> list[str]:
    return list(batch.rows.everywhere(why=WHY).values_list("state", flat=True))


def said(batch: Batch) -> str:
    return "\n".join(batch.rows.everywhere(why=WHY).values_list("said", flat=True))


def everything() -> dict[str, int]:
    return {
        m.__name__: m.objects.everywhere(why=WHY).count()
        for m in (Child, Enrolment, ChildStatus, Person, Tie, Phone, Away, Hardship, Change)
    }
