"""The text guardians are asked with: the usual wording, its versions, and since which version answers count."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from oasis.kit.refused import Refused
from oasis.people import trail
from oasis.people.models import ConsentText, LawSetting
from oasis.people.roles import ArmKind, Need
from oasis.people.school import save_checked
from oasis.people.scope import Scope
from oasis.places.models import School

PARTS = ("purpose", "kinds", "manner", "period", "refusal", "rights")
SETTINGS = ("officer", "officer_phone", "answer_days", "storage", "processor")


def usual(school: School) -> dict[str, str]:
    """Give the usual wording, with the school's own names in it."""
    law = law_of(school)
    officer = f"{law.officer}，电话{law.officer_phone or school.duty_phone}" if law.officer else "学校值班室"
    if not law.officer and school.duty_phone:
        officer += f"，电话{school.duty_phone}"
    return {
        "purpose": "按照未成年人保护法第29条，学校要为父母外出务工的孩子建立档案，做好家访、谈心、联系家长和结对帮扶，保护孩子的安全。",
        "kinds": "孩子的姓名、性别、出生日期、证件号、班级、住址、健康状况、在校情况；父母和照护人的姓名、电话、外出情况；"
        "老师家访、谈心、联系家长的记录。孩子的信息都属于敏感个人信息。",
        "manner": "由班主任、帮扶教师、学校负责人按岗位查看，每次查看都留下痕迹；存放在学校管理的系统里，加密备份，不向无关的人提供，不公开。"
        "法律规定必须向公安、民政、教育等部门报告的除外。",
        "period": "孩子在校期间保存；离校后封存，到学校规定的期限删除，或者去掉姓名只留统计数字。",
        "refusal": "表中“须家长同意”的各项，可以逐项同意或不同意，不同意不影响孩子入学、上课、评优和得到帮扶；同意以后也可以随时撤回，"
        "撤回前已经做的不受影响。表中“依法必须”的各项是法律给学校的职责，不需要同意，但家长有权知道。",
        "rights": "家长可以查看、复制、更正、补充孩子的信息，符合法律规定的可以要求删除，也可以要求学校说明。"
        f"请和班主任说，或找儿童个人信息保护负责人（{officer}）。对答复不满意的，可以向教育局或网信部门反映。",
    }


def law_of(school: School) -> LawSetting:
    """Give what the school has set, or the usual values, not saved."""
    return LawSetting.objects.filter(pk=school.pk).first() or LawSetting(school=school)


def text_of(school: School) -> ConsentText:
    """Give the text in use; before the first is written, the usual one, not saved."""
    found = ConsentText.objects.filter(school=school).order_by("-number").first()
    return found or ConsentText(school=school, number=1, **usual(school))


def kept_text(school: School) -> ConsentText:
    """Give the text in use, saved, for an answer to point to. Call inside a transaction."""
    text = text_of(school)
    if text._state.adding:
        text.save(force_insert=True)
    return text


def since(school: UUID) -> int:
    """Give the number of the version from which answers count: the last one that asks everybody again."""
    rows = ConsentText.objects.filter(school=school, asks_again=True)
    return int(rows.aggregate(last=Max("number"))["last"] or 1)


def texts(scope: Scope, school: School) -> list[ConsentText]:
    """Give every version of one's school, the newest first."""
    if school.pk not in scope.ids(ArmKind.SCHOOL, Need.LAW):
        return []
    return list(ConsentText.objects.filter(school=school).select_related("by").order_by("-number"))


def write_text(scope: Scope, *, school: School, asks_again: bool, **parts: str) -> ConsentText:
    """Write a new version; the earlier ones stay as they were. Raises Refused when nothing differs."""
    must_lead(scope, school)
    if parts.keys() != set(PARTS):
        raise TypeError(f"a text has {PARTS}")
    with transaction.atomic():
        School.objects.select_for_update().get(pk=school.pk)
        last = ConsentText.objects.filter(school=school).order_by("-number").first()
        if last and all(getattr(last, name) == words for name, words in parts.items()):
            raise Refused("same-text", "文字没有变化，不必另存一版")
        number = last.number + 1 if last else 1
        text = ConsentText(
            school=school, number=number, asks_again=asks_again and number > 1, by_id=scope.actor, **parts
        )
        save_checked(text)
        trail.note(scope, "consent.text", school=school.pk, subject=str(text.pk), detail=f"{number} {text.asks_again}")
    return text


def set_law(scope: Scope, *, school: School, **values: Any) -> LawSetting:
    """Set who answers for the data and how soon a parent is answered."""
    must_lead(scope, school)
    if unknown := values.keys() - set(SETTINGS):
        raise TypeError(f"not to be set here: {sorted(unknown)}")
    if not 1 <= values.get("answer_days", 15) <= 30:
        raise Refused("answer-days", "答复期限请填1到30个工作日", field="answer_days")
    with transaction.atomic():
        law = law_of(school)
        for name, value in values.items():
            setattr(law, name, value)
        law.by_id = scope.actor
        save_checked(law)
        trail.note(scope, "law.set", school=school.pk, detail=",".join(sorted(values)))
    return law


def must_lead(scope: Scope, school: School) -> None:
    """Raise Refused for anybody who does not lead the school."""
    if school.pk not in scope.ids(ArmKind.SCHOOL, Need.LAW):
        raise Refused("other-school", "只有本校的校长、德育主任可以办理")
