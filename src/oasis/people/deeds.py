"""DEEDS: what the trail may speak of, each deed with its words and its sort."""

from dataclasses import dataclass

from oasis.kit.catalogue import Catalogue

SORTS = {"look": "查看", "write": "填写与修改", "out": "导出与打印", "account": "登录与账号", "setting": "设置"}


@dataclass(frozen=True)
class Deed:
    """A kind of line on the trail."""

    code: str
    label: str
    sort: str


DEEDS = Catalogue(
    Deed("login", "登录", "account"),
    Deed("login.failed", "登录失败", "account"),
    Deed("user.invite", "添加人员", "account"),
    Deed("user.edit", "修改人员信息", "account"),
    Deed("user.reset", "重置密码", "account"),
    Deed("user.active", "停用或启用账号", "account"),
    Deed("post.give", "安排岗位", "account"),
    Deed("post.end", "结束岗位", "account"),
    Deed("school.found", "建立学校", "setting"),
    Deed("school.edit", "修改学校信息", "setting"),
    Deed("term.set", "设定学期", "setting"),
    Deed("klass.open", "建立班级", "setting"),
    Deed("klass.remove", "删除班级", "setting"),
    Deed("school-day.mark", "标记校历", "setting"),
    Deed("school-day.unmark", "取消校历标记", "setting"),
    Deed("child.open", "建档", "write"),
    Deed("child.revise", "修改档案", "write"),
    Deed("child.place", "调整班级或寄宿", "write"),
    Deed("child.status", "更新留守情况", "write"),
    Deed("child.risk", "评定关注等级", "write"),
    Deed("record.write", "记一笔", "write"),
    Deed("record.correct", "更正记录", "write"),
    Deed("record.withdraw", "撤回记录", "write"),
    Deed("record.take-out", "从多人记录中移出一人", "write"),
    Deed("record.look", "查看记录", "look"),
    Deed("record.open", "打开保密内容", "look"),
    Deed("card.end", "停用联系卡", "out"),
)


def worded(code: str) -> str:
    """Give the words for a deed on the trail, the code itself for one of an older version."""
    return DEEDS.get(code).label if code in DEEDS else code
