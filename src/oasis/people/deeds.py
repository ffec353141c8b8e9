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
    Deed("term.close", "学期结账", "setting"),
    Deed("klass.open", "建立班级", "setting"),
    Deed("klass.remove", "删除班级", "setting"),
    Deed("school-day.mark", "标记校历", "setting"),
    Deed("school-day.unmark", "取消校历标记", "setting"),
    Deed("child.open", "建档", "write"),
    Deed("child.refused-second", "重复建档被拒", "write"),
    Deed("child.revise", "修改档案", "write"),
    Deed("child.place", "调整班级或寄宿", "write"),
    Deed("child.status", "更新留守情况", "write"),
    Deed("child.risk", "评定关注等级", "write"),
    Deed("child.hardship", "登记困境类别", "write"),
    Deed("child.hardship-end", "结束困境类别", "write"),
    Deed("child.leave", "办理离校", "write"),
    Deed("child.return", "办理返校", "write"),
    Deed("child.look", "查看档案", "look"),
    Deed("child.search", "查找孩子", "look"),
    Deed("child.phones", "查看电话号码", "look"),
    Deed("child.id", "查看身份证号", "look"),
    Deed("family.add", "添加家庭成员", "write"),
    Deed("family.person", "修改家庭成员", "write"),
    Deed("family.tie", "修改家庭关系", "write"),
    Deed("family.end", "结束家庭关系", "write"),
    Deed("phone.add", "添加电话", "write"),
    Deed("phone.end", "停用电话", "write"),
    Deed("phone.mark", "标记电话通否", "write"),
    Deed("away.begin", "登记外出", "write"),
    Deed("away.revise", "修改外出信息", "write"),
    Deed("away.end", "登记返乡", "write"),
    Deed("care.arrange", "登记委托照护", "write"),
    Deed("care.receive", "收到委托告知", "write"),
    Deed("care.unfit", "标记不宜委托", "write"),
    Deed("care.end", "结束委托照护", "write"),
    Deed("consent.text", "修改告知同意书", "setting"),
    Deed("consent.give", "登记家长的答复", "write"),
    Deed("consent.withdraw", "登记家长撤回同意", "write"),
    Deed("petition.receive", "受理家长的申请", "write"),
    Deed("petition.approve", "同意家长带走材料", "write"),
    Deed("petition.answer", "答复家长的申请", "write"),
    Deed("petition.refuse", "书面不同意家长的申请", "write"),
    Deed("export.petition", "导出给家长的材料", "out"),
    Deed("law.set", "修改个人信息保护设置", "setting"),
    Deed("census.enter", "摸底排查", "write"),
    Deed("census.rest", "排查其余孩子", "write"),
    Deed("pair.begin", "开始结对", "write"),
    Deed("pair.end", "结束结对", "write"),
    Deed("pair.change", "更换结对", "write"),
    Deed("record.write", "记一笔", "write"),
    Deed("record.correct", "更正记录", "write"),
    Deed("record.withdraw", "撤回记录", "write"),
    Deed("record.take-out", "从多人记录中移出一人", "write"),
    Deed("record.look", "查看记录", "look"),
    Deed("record.open", "打开保密内容", "look"),
    Deed("report.start", "发起强制报告", "write"),
    Deed("report.child", "为强制报告查看孩子", "look"),
    Deed("report.look", "查看强制报告的进展", "look"),
    Deed("report.open", "打开强制报告的内容", "look"),
    Deed("report.step", "登记强制报告的一步", "write"),
    Deed("report.correct", "更正强制报告", "write"),
    Deed("report.name", "增加知情人", "write"),
    Deed("report.unname", "取消知情人", "write"),
    Deed("report.gather", "收进相关记录", "write"),
    Deed("report.close", "办结强制报告", "write"),
    Deed("report.print", "导出强制报告登记表", "out"),
    Deed("report.deadline", "设定强制报告的期限", "setting"),
    Deed("cadence.set", "修改工作节奏", "setting"),
    Deed("cadence.reset", "恢复默认的工作节奏", "setting"),
    Deed("waiver.give", "登记例外", "write"),
    Deed("waiver.end", "结束例外", "write"),
    Deed("roster.commit", "导入名册", "write"),
    Deed("roster.take-back", "撤回导入", "write"),
    Deed("export.statistics", "导出统计表", "out"),
    Deed("card.end", "停用联系卡", "out"),
    Deed("export.roster", "导出花名册", "out"),
    Deed("export.registration", "导出登记表", "out"),
    Deed("export.cards", "打印联系卡", "out"),
    Deed("export.consent", "打印告知同意书", "out"),
    Deed("export.law", "导出个人信息保护文书", "out"),
    Deed("export.refused", "导出名册中有问题的行", "out"),
    Deed("export.summary", "导出工作总结", "out"),
    Deed("summary.begin", "起草工作总结", "write"),
    Deed("summary.edit", "修改工作总结", "write"),
    Deed("summary.draft", "重写总结的一段", "write"),
    Deed("summary.back", "换回总结的旧文字", "write"),
    Deed("summary.refresh", "更新总结的数字", "write"),
    Deed("summary.add", "给总结加一段", "write"),
    Deed("summary.heading", "修改总结的标题落款", "write"),
)


def worded(code: str) -> str:
    """Give the words for a deed on the trail, the code itself for one of an older version."""
    return DEEDS.get(code).label if code in DEEDS else code
