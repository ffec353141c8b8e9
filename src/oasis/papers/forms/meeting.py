"""家长会邀请书 and 签到表: for the next meeting of a class or the school (domain.md 2.13)."""

from oasis.campus.meetings import next_for, place_name, seats
from oasis.campus.models import ParentMeeting
from oasis.kit.dates import zh_full
from oasis.kit.refused import Refused
from oasis.papers.forms.base import Order, Paper
from oasis.papers.official.form import Entry
from oasis.papers.places import place_of
from oasis.papers.sheets.printed import sheets_pdf
from oasis.papers.sheets.shape import Cut, Grid, Line, Listing, Para, Section, Title
from oasis.papers.sheets.word import sheets_docx


def _meeting(order: Order) -> ParentMeeting:
    place = order.place
    found = next_for(order.scope, place.school.pk, place.klass.pk if place.klass else None)
    if found is None:
        raise Refused("no-meeting", "还没有安排家长会。请先在“家校联系 · 家长会”里安排")
    return found


def invitations(order: Order) -> list[Section]:
    """Give an invitation a child, with a slip that says who comes."""
    meeting = _meeting(order)
    return [
        _invitation(meeting, child.name, place_of(child.school, child.klass, order.on).name) for child in order.children
    ]


def _invitation(meeting: ParentMeeting, name: str, klass: str) -> Section:
    when = f"{zh_full(meeting.on)}{meeting.hours}"
    facts = [f"主题：{meeting.topic}", f"时间：{when}", f"地点：{meeting.room}"]
    facts += [f"主讲：{meeting.speaker}"] if meeting.speaker else []
    rows = (
        (Entry("学生姓名", name, 2, 4), Entry("班级", klass, 2, 4)),
        (Entry("能否参加", "□ 能来，来的人：＿＿＿＿＿　与孩子的关系：＿＿＿＿　　□ 来不了，请电话告诉我", 2, 10),),
        (Entry("最想了解的事", "", 2, 10),),
        (Entry("签名", "", 2, 4), Entry("联系电话", "", 2, 4)),
    )
    return Section(
        (
            Title(f"{meeting.get_kind_display()}邀请书"), Para(f"{name}同学的家长（照护人）：", indent=False),
            Para(f"学校邀请您参加{meeting.get_kind_display()}。在外务工不能回来的，请照护人参加，我们会后再和您联系。"),
            *(Para(fact) for fact in facts), *(Para(text) for text in meeting.agenda.splitlines() if text.strip()),
            Para(meeting.school.name, side="right"), Cut("沿此线剪下，交回班主任"), Grid(rows),
        )
    )  # fmt: skip


def sign_in_sheets(order: Order) -> list[Section]:
    """Give the list to sign, a class a page; who came, how related and the last digits of the number are written by hand."""
    meeting, by_class = _meeting(order), dict[str, list[str]]()
    asked = {child.pk for child in order.children}
    for seat in seats(order.scope, meeting):
        if seat.child_id in asked:
            klass = place_of(meeting.school, seat.child.klass, order.on).name
            by_class.setdefault(klass, []).append(seat.child.name)
    return [_sheet(meeting, klass, names) for klass, names in by_class.items()] or [
        _sheet(meeting, place_name(order.scope, meeting), [])
    ]


def _sheet(meeting: ParentMeeting, klass: str, names: list[str]) -> Section:
    head = (
        f"班级：{klass}",
        f"主题：{meeting.topic}",
        f"时间：{zh_full(meeting.on)}{meeting.hours}",
        f"地点：{meeting.room}",
    )
    columns = ("序号", "学生", "到会的人", "与学生关系", "电话后四位", "签名", "备注")
    rows = tuple((str(n), name, "", "", "", "", "") for n, name in enumerate(names, start=1))
    below = (f"应到：{len(names)}人", "实到：＿＿人", "主持：＿＿＿＿", "记录：＿＿＿＿")
    return Section(
        (
            Title(f"{meeting.get_kind_display()}签到表"),
            Line(head),
            Listing(columns, rows, (1, 2, 2.4, 2, 2, 2.6, 2.4)),
            Line(below),
        )
    )


INVITATION = Paper(
    "invitation", "家长会邀请书", "下一次家长会，一人一张，带回执", "docx",
    lambda order: sheets_docx("家长会邀请书", invitations(order)), single=True,
    others=(("pdf", lambda order: sheets_pdf(invitations(order), mark=order.mark, numbered=False)),),
)  # fmt: skip
SIGN_IN = Paper(
    "sign-in", "家长会签到表", "下一次家长会，一班一张，只印孩子姓名，其余当场填", "docx",
    lambda order: sheets_docx("家长会签到表", sign_in_sheets(order)),
    others=(("pdf", lambda order: sheets_pdf(sign_in_sheets(order), mark=order.mark, numbered=False)),),
)  # fmt: skip
