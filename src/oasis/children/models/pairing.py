"""Pairing: who helps which child, from a day to a day (requirements.md C1, B3)."""

from django.db import models
from django.db.models import Q

from oasis.children.models.child import Child, Dated
from oasis.people.models import User


class Pairing(Dated):
    """A staff member, a classmate or somebody from outside who stands by a child. No standing in law (domain.md 0.3)."""

    class Role(models.TextChoices):
        PROXY_PARENT = "proxy-parent", "代理家长"
        CARING_MOTHER = "caring-mother", "爱心妈妈"
        CARING_FATHER = "caring-father", "爱心爸爸"
        HELPER = "helper", "帮扶教师"
        COUNSELLOR = "counsellor", "心理教师"
        CLASSMATE = "classmate", "爱心同学"
        PARTY = "party", "党员"
        VOLUNTEER = "volunteer", "志愿者"
        RETIRED = "retired", "退休教师"
        UNIT = "unit", "校外单位"

    role = models.CharField("结对角色", max_length=14, choices=Role, default=Role.HELPER)
    staff = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="教师")
    classmate = models.ForeignKey(
        Child, models.CASCADE, null=True, blank=True, related_name="helps", verbose_name="同学"
    )
    outsider = models.CharField("校外人员或单位", max_length=60, blank=True)
    checked_on = models.DateField("违法犯罪记录查询日期", null=True, blank=True)
    from_on = models.DateField("开始日期")
    to_on = models.DateField("结束日期", null=True, blank=True)
    aim = models.CharField("帮扶目标", max_length=200, blank=True)
    end_reason = models.CharField("结束原因", max_length=80, blank=True)

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(staff__isnull=False, classmate__isnull=True, outsider="")
                    | Q(staff__isnull=True, classmate__isnull=False, outsider="")
                    | (Q(staff__isnull=True, classmate__isnull=True) & ~Q(outsider=""))
                ),
                name="pairing_has_one_helper",
                violation_error_message="教师、同学、校外人员三者选填一项",
            ),
            models.UniqueConstraint(
                fields=["child", "staff"],
                condition=Q(to_on__isnull=True, staff__isnull=False),
                name="paired_staff_once",
            ),
            models.UniqueConstraint(
                fields=["child", "classmate"],
                condition=Q(to_on__isnull=True, classmate__isnull=False),
                name="paired_classmate_once",
            ),
        ]
        indexes = [models.Index(fields=["staff", "to_on"], name="pairing_of_staff")]

    def __str__(self) -> str:
        return self.get_role_display()
