"""Helpers from outside 社会力量: volunteers, the village, donors; what they did, how they were thanked (D7)."""

from django.db import models

from oasis.campus.models.own import Own
from oasis.kit.sealed import SealedChar


class Outsider(Own):
    """Somebody or some body from outside. Who meets children is checked first (未成年人保护法 62), by the name given here."""

    class Kind(models.TextChoices):
        VOLUNTEER = "volunteer", "志愿者"
        VILLAGE = "village", "村（居）委会、儿童主任"
        WOMEN = "women", "妇联、团委、关工委"
        POLICE = "police", "派出所、司法所"
        CLINIC = "clinic", "卫生院"
        FIRM = "firm", "企业、商户"
        DONOR = "donor", "捐赠人"
        RETIRED = "retired", "退休教师、老党员"
        OTHER = "other", "其他"

    name = models.CharField("姓名或单位", max_length=60)
    kind = models.CharField("类别", max_length=10, choices=Kind)
    unit = models.CharField("所在单位", max_length=60, blank=True)
    phone = SealedChar("电话", max_length=30, blank=True)
    meets = models.BooleanField(
        "会接触孩子", default=True, blank=True, help_text="会接触孩子的人，先查违法犯罪记录，查过才能登记活动"
    )
    from_on = models.DateField("从哪天起")
    to_on = models.DateField("到哪天止", null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "name"], name="outsider_once", violation_error_message="这个名字已经登记过了"
            )
        ]

    def __str__(self) -> str:
        return self.name


class OutsiderDeed(Own):
    """What a helper from outside did on a day, and how the school thanked for it."""

    outsider = models.ForeignKey(Outsider, models.CASCADE, related_name="+")
    on = models.DateField("日期")
    what = models.CharField("做了什么", max_length=120, help_text="不写孩子的姓名")
    children = models.PositiveSmallIntegerField("惠及多少孩子", null=True, blank=True)
    worth = models.DecimalField("捐赠价值（元）", max_digits=9, decimal_places=2, null=True, blank=True)
    thanked_on = models.DateField("致谢日期", null=True, blank=True)
    thanks = models.CharField("怎样致谢", max_length=80, blank=True, help_text="感谢信、孩子的画、电话等；不做广告")

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return self.what
