"""Sample arguments for every route, so that the sweep walks all of them. A route without a sample fails the sweep.

Each entry: route name -> (function from the world to the route's arguments, who may see exactly this page).
Everybody of the cast who is not named gets 404. Use () for the arguments of a route that takes none.
"""

import io
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

from PIL import Image

from oasis.campus.actions import activities, organisation, outside, room
from oasis.campus.actions.dormitory import give_bed, open_house, open_room
from oasis.campus.actions.firsts import open_list
from oasis.campus.actions.goods import take_in
from oasis.campus.actions.growth import keep_growth, open_exam
from oasis.campus.actions.hazards import report_place
from oasis.campus.actions.letters import write_letter
from oasis.campus.actions.meetings import plan_meeting
from oasis.campus.actions.nights import begin_check, begin_search
from oasis.campus.actions.screening import hold_screening
from oasis.campus.models import (
    Activity,
    ActivityPart,
    Exam,
    House,
    Item,
    Letter,
    LetterCopy,
    Meeting,
    Movement,
    Notice,
    Opening,
    Outsider,
    OutsiderDeed,
    ParentMeeting,
    ParentSeat,
    Resolution,
    RoomHour,
    RuleVersion,
    Scrap,
    Screening,
    ScreenResult,
    Seat,
    Work,
    WorkItem,
)
from oasis.children.actions import care, merging
from oasis.children.actions.papers import keep_paper
from oasis.children.actions.petitions import receive
from oasis.children.actions.plans import add_action, make_plan
from oasis.children.actions.problems import find_problem
from oasis.children.actions.status import add_hardship
from oasis.children.models import Pairing, Person, Plan, Tie
from oasis.duties.actions import waive
from oasis.intake import actions as intake
from oasis.kit.dates import now
from oasis.kit.ids import new_id
from oasis.papers.bureau import excel_file
from oasis.papers.bureau.guessing import guess
from oasis.papers.bureau.ties import packed, ties_of
from oasis.papers.models import Dossier, Paragraph, Template, TemplateFile
from oasis.papers.places import place_of
from oasis.papers.summary.drafting import begin
from oasis.people.approvals import ask_factor_removal
from oasis.people.roles import Need
from oasis.records.actions import write_record
from oasis.records.actions.gifts import hand_out
from oasis.records.actions.illness import open_illness
from oasis.records.actions.incidents import open_incident
from oasis.records.actions.schooling import open_case
from oasis.records.actions.screening import add_result
from oasis.records.handover.actions import offer
from oasis.records.kinds import KINDS
from oasis.records.models import HandOver
from oasis.records.reporting.actions import start as start_report
from oasis.records.reporting.queries import named_in
from oasis.records.reporting.queries import own as own_reports
from tests.papers.forms import plain_book
from tests.world import BEGAN, TODAY, World

STAFF = frozenset({"zhao", "qian", "sun", "li", "wu", "zheng", "wang", "feng", "chen", "zhou", "wei", "shen", "xu"})
LEADERS = frozenset({"li", "wu"})
WRITERS = frozenset({"zhao", "qian", "li", "wu", "feng", "chen"})  # who writes and exports papers somewhere
RECORDERS = frozenset(
    {"zhao", "qian", "sun", "li", "wu", "zheng", "feng", "chen", "xu"}
)  # who writes records somewhere
WORKERS = STAFF - {"wei"}  # who works at a school
HERE = WORKERS - {"feng", "chen"}  # who works at the first school
GUIDES = LEADERS | {"feng"}  # who leads a school
NAMED = STAFF - {"wang", "wei", "shen"}  # who may see names somewhere

Arguments = Callable[[World], dict[str, Any]]


def nothing(world: World) -> dict[str, Any]:
    """No arguments."""
    return {}


def lin(world: World) -> dict[str, Any]:
    """The child of class 3(1) whose helper is sun."""
    return {"pk": world.children["lin"].pk}


def roster(world: World) -> dict[str, Any]:
    """The roster."""
    return {"paper": "roster"}


def form_of_lin(world: World) -> dict[str, Any]:
    """The registration form of lin."""
    return {"pk": world.children["lin"].pk, "paper": "registration"}


def zhao(world: World) -> dict[str, Any]:
    """The account of zhao, a teacher of the school that wang administers."""
    return {"pk": world.users["zhao"].pk}


def zhao_post(world: World) -> dict[str, Any]:
    """The post of zhao."""
    return {"pk": world.users["zhao"].posts.get().pk}


def autumn_term(world: World) -> dict[str, Any]:
    """The term of the school that wang administers."""
    return {"pk": world.terms["青河县"].pk}


def klass_31(world: World) -> dict[str, Any]:
    """Class 3(1)."""
    return {"pk": world.klasses["三1"].pk}


def study_of_31(world: World) -> dict[str, Any]:
    """Who lacks help with study in class 3(1)."""
    return klass_31(world) | {"lack": "study", "size": "any"}


def problem_of_lin(world: World) -> dict[str, Any]:
    """A problem of lin."""
    return {"pk": find_problem(world.scope("sun"), world.children["lin"], kind="mood", what="话少", evidence="谈心").pk}


def plan_of_lin(world: World) -> dict[str, Any]:
    """The plan for lin."""
    made = Plan.objects.everywhere(why="a sample").filter(child=world.children["lin"]).first() or make_plan(
        world.scope("zhao"), world.children["lin"], term=world.terms["青河县"], lead=world.users["sun"].pk,
        mid_on=TODAY + timedelta(days=7), end_on=TODAY + timedelta(days=50), situation="作业没人看", causes="奶奶不识字",
    )  # fmt: skip
    return {"pk": made.pk}


def growth_of_lin(world: World) -> dict[str, Any]:
    """A book lin read."""
    fields = {"on": TODAY, "title": "西游记", "giver": "", "words": ""}
    (row,) = keep_growth(world.scope("sun"), [world.children["lin"]], matter="book", fields=fields)
    return {"pk": row.pk}


def exam_of_31(world: World) -> dict[str, Any]:
    """The mid-term exam, as class 3(1) sits it."""
    school, term = world.schools["青河县"], world.terms["青河县"]
    made = Exam.objects.everywhere(why="a sample").filter(school=school).first() or open_exam(
        world.scope("zhao"), school=school, term=term, name="期中考试", on=TODAY, full=100
    )
    return klass_31(world) | {"exam": made.pk}


def action_of_lin(world: World) -> dict[str, Any]:
    """A measure of that plan, owed by sun."""
    plan = Plan.objects.everywhere(why="a sample").get(pk=plan_of_lin(world)["pk"])
    sun, due = world.users["sun"].pk, TODAY + timedelta(days=2)
    return {"pk": add_action(world.scope("zhao"), plan, area="study", words="每周辅导", owner=sun, due_on=due).pk}


def _guided(world: World) -> dict[str, Any]:
    """What a leader's act of the first school begins with."""
    return {"scope": world.scope("wu"), "id": new_id(), "school": world.schools["青河县"].pk}


def group_seat(world: World) -> dict[str, Any]:
    """The principal's place in the leading group."""
    made = Seat.objects.everywhere(why="a sample").filter(rank="head").first() or organisation.seat(
        **_guided(world), user=world.users["li"].pk, outsider="", rank="head", post="校长", duties="负总责", paper_no="", from_on=BEGAN,
        to_on=None,
    )  # fmt: skip
    return {"pk": made.pk}


def rule_version(world: World) -> RuleVersion:
    """A rule of the school."""
    return RuleVersion.objects.everywhere(why="a sample").first() or organisation.issue(
        **_guided(world), kind="rule", topic="visits", title="家访制度", text="每学期三次。", largest=1 << 20, paper_no="", issued_on=BEGAN,
        in_force_on=BEGAN, change="",
    )  # fmt: skip


def a_rule(world: World) -> dict[str, Any]:
    """The rule itself."""
    return {"pk": rule_version(world).rule_id}


def a_version(world: World) -> dict[str, Any]:
    """Its version."""
    return {"pk": rule_version(world).pk}


def a_scan(world: World) -> dict[str, Any]:
    """A version with a scan."""
    picture = io.BytesIO()
    Image.new("RGB", (40, 30)).save(picture, "PNG")
    rows = RuleVersion.objects.everywhere(why="a sample").exclude(media="")
    made = rows.first() or organisation.issue(
        **_guided(world), kind="notice", topic="whole", title="通知", data=picture.getvalue(), largest=1 << 20, paper_no="", issued_on=BEGAN,
        in_force_on=BEGAN, change="",
    )  # fmt: skip
    return {"pk": made.pk}


def a_meeting(world: World) -> dict[str, Any]:
    """A meeting of the group."""
    li = world.users["li"].pk
    made = Meeting.objects.everywhere(why="a sample").first() or organisation.hold_meeting(
        **_guided(world), chair=li, came={li}, leave=set(), asked=set(), kind="group", on=TODAY, topic="工作会", place="", hours=None,
        agenda="", minutes="都说了", guests="",
    )  # fmt: skip
    return {"pk": made.pk}


def a_resolution(world: World) -> dict[str, Any]:
    """What it resolved."""
    meeting = Meeting.objects.everywhere(why="a sample").get(pk=a_meeting(world)["pk"])
    made = Resolution.objects.everywhere(why="a sample").first() or organisation.resolve(
        world.scope("wu"),
        meeting,
        id=new_id(),
        owner=world.users["zhao"].pk,
        due_on=TODAY + timedelta(days=3),
        words="补齐档案",
    )
    return {"kind": "resolution", "pk": made.pk}


def plan_item(world: World) -> dict[str, Any]:
    """An item of the year's plan."""
    made = WorkItem.objects.everywhere(why="a sample").first() or organisation.plan_item(
        **_guided(world), owner=world.users["li"].pk, year=2026, area="lead", words="每月开会", due_on=TODAY, evidence="own-group-meetings",
        target=10,
    )  # fmt: skip
    return {"pk": made.pk}


def an_activity(world: World) -> dict[str, Any]:
    """An activity of the first school."""
    made = Activity.objects.everywhere(why="a sample").first() or activities.plan_activity(
        **_guided(world), lead=world.users["zhou"].pk, klasses=[], kind="arts", title="艺术节", on=TODAY, hours="", place="", department="",
        aim="", seats=5, sign_until=None, off_campus=False, risk_plan="", cost=None,
    )  # fmt: skip
    return {"pk": made.pk}


def lin_signed(world: World) -> dict[str, Any]:
    """Lin's name on it."""
    activity = Activity.objects.everywhere(why="a sample").get(pk=an_activity(world)["pk"])
    rows = ActivityPart.objects.everywhere(why="a sample").filter(child=world.children["lin"])
    if not rows.exists():
        activities.sign_up(world.scope("zhao"), activity, children=[world.children["lin"].pk])
    return {"pk": rows.get().pk, "what": "agree"}


def room_hour(world: World) -> dict[str, Any]:
    """Mondays in the room."""
    made = RoomHour.objects.everywhere(why="a sample").first() or room.set_hour(
        **_guided(world), user=world.users["zhou"].pk, day=0, from_at=time(16), to_at=time(17), what=""
    )
    return {"pk": made.pk}


def an_opening(world: World) -> dict[str, Any]:
    """Lin in the room."""
    made = Opening.objects.everywhere(why="a sample").first() or room.open_room(
        world.scope("zhou"), id=new_id(), school=world.schools["青河县"].pk, user=world.users["zhou"].pk, children=[world.children["lin"].pk],
        called=[], count=0, on=TODAY, what="reading", theme="", from_at=None, to_at=None, safe=True, note="",
    )  # fmt: skip
    return {"pk": made.pk}


def lin_work(world: World) -> dict[str, Any]:
    """A picture of lin."""
    made = Work.objects.everywhere(why="a sample").first() or room.hang(
        **_guided(world), child=world.children["lin"].pk, kind="painting", title="妈妈", from_on=TODAY
    )
    return {"pk": made.pk}


def a_thing(world: World) -> dict[str, Any]:
    """The chairs of the room."""
    made = Item.objects.everywhere(why="a sample").first() or room.add_item(
        **_guided(world), keeper=world.users["zhou"].pk, checker=None, name="椅子", code="", quantity=20, unit="把", source="given", from_whom="",
        price=None, on=TODAY, place="", state="good",
    )  # fmt: skip
    return {"pk": made.pk}


def a_scrap(world: World) -> dict[str, Any]:
    """Two of them broken."""
    item = Item.objects.everywhere(why="a sample").get(pk=a_thing(world)["pk"])
    made = Scrap.objects.everywhere(why="a sample").first() or room.ask_scrap(
        world.scope("zhou"), item, id=new_id(), quantity=2, reason="断了腿"
    )
    return {"pk": made.pk, "what": "yes"}


def an_outsider(world: World) -> dict[str, Any]:
    """A shop that gives books."""
    made = Outsider.objects.everywhere(why="a sample").first() or outside.enrol(
        **_guided(world), name="新华书店", kind="firm", unit="", phone="", meets=False, from_on=BEGAN, to_on=None
    )
    return {"pk": made.pk}


def a_deed(world: World) -> dict[str, Any]:
    """What it gave."""
    row = Outsider.objects.everywhere(why="a sample").get(pk=an_outsider(world)["pk"])
    made = OutsiderDeed.objects.everywhere(why="a sample").first() or outside.did(
        world.scope("wu"), row, id=new_id(), on=TODAY, what="捐书", children=None, worth=None
    )
    return {"pk": made.pk}


def visits(world: World) -> dict[str, Any]:
    """The visits of mid-term."""
    return {"code": "visit-2"}


def lin_waiver(world: World) -> dict[str, Any]:
    """An exception of lin."""
    lin = world.children["lin"]
    given = waive(world.scope("zhao"), child=lin, duty="visit-2", reason="父亲回家", until_on=None)
    return {"pk": lin.pk, "waiver": given.pk}


def lin_petition(world: World) -> dict[str, Any]:
    """What lin's father asked for."""
    father = str(world.persons["lin_father"].pk)
    asked: dict[str, Any] = {"wish": "copy", "how": "face", "proof": "card", "received_on": TODAY}
    return {"pk": receive(world.scope("zhao"), world.children["lin"], guardian=father, **asked).pk}


def lin_offered(world: World) -> dict[str, Any]:
    """Lin on her way to the next school, as that school's principal sees it."""
    to = world.schools["柳溪"]
    if not HandOver.objects.within(world.scope("feng"), Need.LAW).filter(outgoing=False).exists():  # asked for twice
        offer(world.scope("li"), world.children["lin"], to=to, on=TODAY, told="当面告知父亲")
    return {"pk": HandOver.objects.within(world.scope("feng"), Need.LAW).get(outgoing=False).pk}


WANG = frozenset({"wang"})


def factor_off(world: World) -> dict[str, Any]:
    """The administrator's asking to lift the dean's second factor."""
    return {"pk": ask_factor_removal(world.scope("wang"), user=world.users["wu"], purpose="手机丢了").pk}


def talk(world: World) -> dict[str, Any]:
    """The kind talk."""
    return {"kind": "talk"}


def call_lin(world: World) -> dict[str, Any]:
    """A call for lin."""
    return {"kind": "family-call", "pk": world.children["lin"].pk}


def of_sun(world: World, **more: str) -> dict[str, Any]:
    """A record that sun wrote about lin."""
    fields = {"happened_on": str(TODAY), **KINDS.get("talk").sample, **more}
    rows = write_record(world.scope("sun"), id=new_id(), kind="talk", children=[world.children["lin"]], fields=fields)
    return {"pk": rows[0].pk}


def sealed_of_sun(world: World) -> dict[str, Any]:
    """A confidential record that sun wrote about lin."""
    return of_sun(world, confidential="on")


def summary(world: World) -> dict[str, Any]:
    """The work summary of class 3(1), begun by its teacher."""
    klass = world.klasses["三1"]
    place = place_of(klass.school, klass, TODAY)
    return {"pk": begin(world.scope("zhao"), place=place, period="t2026-1").pk}


def merged_of_li(world: World) -> dict[str, Any]:
    """Two entries of lin's father, brought together by the principal."""
    second = Person.objects.create(school=world.schools["青河县"], name="林国平")
    chenhao = world.children["chenhao"]
    Tie.objects.create(school=chenhao.school, child=chenhao, person=second, relation="51", from_on=BEGAN)
    made = merging.merge(world.scope("li"), kept=world.persons["lin_father"].pk, gone=second.pk)
    return {"pk": made.pk}


def foreword(world: World) -> dict[str, Any]:
    """The first paragraph of that summary."""
    rows = Paragraph.objects.within(world.scope("zhao"), Need.SUMMARY)
    return {"pk": rows.get(draft_id=summary(world)["pk"], key="foreword").pk}


def term(world: World) -> dict[str, Any]:
    """The present term."""
    return {"pk": world.terms["青河县"].pk}


def figure(world: World) -> dict[str, Any]:
    """A number of the statistics."""
    return {"code": "left"}


def roster_of_li(world: World) -> dict[str, Any]:
    """A roster that the principal sent in."""
    data = "姓名,班级\n周一飞,三1\n".encode()
    batch = intake.preview(world.scope("li"), intake.receive(world.scope("li"), name="名册.csv", data=data))
    return {"pk": batch.pk}


def lin_and(**more: str) -> Arguments:
    """Lin, and a word."""
    return lambda world: lin(world) | more


def granny(world: World, **more: str) -> dict[str, Any]:
    """The tie of lin's grandmother."""
    return {"pk": Tie.objects.within(world.scope("li")).get(person=world.persons["lin_granny"]).pk, **more}


def lin_care(world: World) -> dict[str, Any]:
    """An arrangement for lin."""
    said: dict[str, Any] = {"kind": "notice", "signed": "paper", "signer": "林国平", "on": BEGAN, "from_on": BEGAN}
    made = care.arrange(
        world.scope("li"),
        world.children["lin"],
        carer=world.persons["lin_granny"],
        child_heard=True,
        checked=True,
        **said,
    )
    return {"pk": made.pk, "what": "receive"}


def lin_hardship(world: World) -> dict[str, Any]:
    """A hardship of lin."""
    return {"pk": add_hardship(world.scope("li"), world.children["lin"], kind="single", from_on=BEGAN).pk}


def lin_pair(world: World) -> dict[str, Any]:
    """The pairing of lin and sun."""
    return {
        "pk": Pairing.objects.within(world.scope("li")).get(child=world.children["lin"], staff=world.users["sun"]).pk
    }


def report_of_shen(world: World) -> dict[str, Any]:
    """A mandatory report that shen, a subject teacher, started about lin; the principal is suspected of nothing."""
    fields = {
        "child_name": "林晓晓", "child_class": "三（1）班", "situations": ["body"], "seen": "手臂上有几处新伤。",
        "found_at": "2026-11-23T09:00", "found_how": "seen", "staffed": "no",
    }  # fmt: skip
    school = world.schools["青河县"].pk
    return {"pk": start_report(world.scope("shen"), id=new_id(), school=school, fields=fields).pk}


def named_of_report(world: World) -> dict[str, Any]:
    """The principal's place among the named people of that report."""
    pk = report_of_shen(world)["pk"]
    report = own_reports(world.scope("shen")).get(pk=pk)
    return {"pk": pk, "named": next(one.pk for one in named_in(report) if one.user_id == world.users["li"].pk)}


def boys_house(world: World) -> dict[str, Any]:
    """The boarding house in which chenhao has a bed."""
    zheng = world.scope("zheng")
    house = House.objects.within(zheng, Need.BOARDING).first()
    if house is None:
        house = open_house(zheng, school=world.schools["青河县"], name="男生楼", sex="1")
        room = open_room(zheng, house, name="101", beds=4)
        give_bed(zheng, world.children["chenhao"], room=room.pk, bed=1)
    return {"pk": house.pk}


def roll_call(world: World) -> dict[str, Any]:
    """Tonight's roll call of that house."""
    house = House.objects.within(world.scope("zheng"), Need.BOARDING).get(pk=boys_house(world)["pk"])
    return {"pk": begin_check(world.scope("zheng"), house, turn="call").pk}


def chenhao(world: World) -> dict[str, Any]:
    """The boarder."""
    boys_house(world)
    return {"pk": world.children["chenhao"].pk}


def lin_ill(world: World) -> dict[str, Any]:
    """Lin has a fever, as zhao saw."""
    return {"pk": open_illness(world.scope("zhao"), world.children["lin"], sort="ill", seen_at=now(), seen="发热").pk}


def told_in_31(world: World) -> dict[str, Any]:
    """What a pupil of class 3(1) wrote."""
    klass = world.klasses["三1"]
    return {"pk": Notice.objects.create(school=klass.school, klass=klass, about="晓晓", words="她总是一个人").pk}


def bags(world: World) -> dict[str, Any]:
    """Schoolbags in store."""
    return {"pk": _bags(world).goods_id}


def _bags(world: World) -> Movement:
    told: dict[str, Any] = {"name": "书包", "unit": "个", "quantity": 5, "source": "school"}
    return take_in(world.scope("zhou"), id=new_id(), school=world.schools["青河县"], **told)


def bags_handed(world: World) -> dict[str, Any]:
    """A schoolbag for lin."""
    told: dict[str, Any] = {"each": 1, "occasion": "moon", "children": [world.children["lin"].pk]}
    return {"pk": hand_out(world.scope("zhou"), id=new_id(), goods=_bags(world).goods_id, **told).pk}


def homework(world: World) -> dict[str, Any]:
    """A small group of class 3(1) with two places."""
    klass = world.klasses["三1"].pk
    return {"pk": open_list(world.scope("zhao"), sort="tutoring", title="作业", hours="", seats=2, klass=klass).pk}


def lin_away(world: World) -> dict[str, Any]:
    """Lin has not come to school for three days."""
    told: dict[str, Any] = {"absent_from": TODAY - timedelta(days=3), "reason": "weary", "words": "去了镇上"}
    return {"pk": open_case(world.scope("zhao"), world.children["lin"], **told).pk}


def lin_fell(world: World) -> dict[str, Any]:
    """Lin fell in the playground."""
    told: dict[str, Any] = {"sort": "fall", "place": "操场", "course": "跑时摔倒", "on_spot": "消毒", "harm": "slight"}
    return {
        "pk": open_incident(
            world.scope("zhao"), world.children["lin"], id=new_id(), happened_at=now(), found_at=now(), **told
        ).pk
    }


def a_screening(world: World) -> dict[str, Any]:
    """A screening of the whole school, which xu held."""
    told = {
        "scale": "MHT",
        "about": "全校",
        "organiser": "许安",
        "took": 4,
        "red": 0,
        "orange": 1,
        "yellow": 0,
        "blue": 0,
        "on": TODAY,
    }
    made = Screening.objects.everywhere(why="a sample").first() or hold_screening(
        world.scope("xu"), id=new_id(), school=world.schools["青河县"].pk, **told
    )
    return {"pk": made.pk}


def lin_screened(world: World) -> dict[str, Any]:
    """What it found of lin."""
    held = Screening.objects.everywhere(why="a sample").get(pk=a_screening(world)["pk"])
    made = ScreenResult.objects.everywhere(why="a sample").first() or add_result(
        world.scope("xu"), held, world.children["lin"], grade="orange", score="38", talk=""
    )
    return {"pk": made.pk}


def stairs(world: World) -> dict[str, Any]:
    """A broken step, which zhao is to mend."""
    told: dict[str, Any] = {
        "sort": "building",
        "level": "plain",
        "words": "台阶崩缺",
        "measure": "补水泥",
        "where": "东侧楼梯",
    }
    days = {"found_on": TODAY, "due_on": TODAY + timedelta(days=3)}
    school, zhao = world.schools["青河县"].pk, world.users["zhao"].pk
    return {"pk": report_place(world.scope("zhou"), id=new_id(), school=school, owner=zhao, **days, **told).pk}


def this_month(world: World) -> dict[str, Any]:
    """The report of November."""
    return stone_bridge(world) | {"year": 2026, "month": 11}


def search_for_chenhao(world: World) -> dict[str, Any]:
    """A night on which he was not in bed."""
    return {"pk": begin_search(world.scope("zheng"), world.children["chenhao"]).pk}


def paper_of_lin(world: World) -> dict[str, Any]:
    """A certificate kept in lin's file."""
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "olive").save(out, "PNG")
    paper = keep_paper(world.scope("zhao"), world.children["lin"], kind="certificate", data=out.getvalue(), on=TODAY)
    return {"pk": paper.pk}


def stone_bridge(world: World) -> dict[str, Any]:
    """The first school."""
    return {"pk": world.schools["青河县"].pk}


VETTERS = frozenset({"li", "wang", "feng"})  # who sees that staff are checked every year
TOLD = frozenset({"shen", "li"})  # who is named in that report
OWN = frozenset({"zhao", "li", "wu"})  # who writes lin's file
READERS = OWN | {"sun", "xu"}
CENSUS = OWN | {"qian", "feng", "chen"}  # who writes files somewhere


def letter_of_school(world: World) -> dict[str, Any]:
    """The letter to parents of the school at the term's end."""
    made = Letter.objects.everywhere(why="a sample").first() or write_letter(
        world.scope("li"), term=world.terms["青河县"], part="term-end", title="致家长的一封信", text="您好\n谢谢", issued_on=TODAY,
        send_by=TODAY + timedelta(days=5), reply_by=TODAY + timedelta(days=9),
    )  # fmt: skip
    return {"pk": made.pk}


def letter_of_31(world: World) -> dict[str, Any]:
    """That letter in class 3(1)."""
    return letter_of_school(world) | {"klass": world.klasses["三1"].pk}


def letter_to_lin(world: World) -> dict[str, Any]:
    """That letter to the home of lin."""
    rows = LetterCopy.objects.everywhere(why="a sample").filter(letter=letter_of_school(world)["pk"])
    return {"pk": rows.get(child=world.children["lin"]).pk}


def lin_of_letter(world: World) -> dict[str, Any]:
    """lin, to whom a letter goes."""
    letter_of_school(world)
    return lin(world)


def meeting_of_31(world: World) -> dict[str, Any]:
    """A meeting of parents of class 3(1), signed in."""
    rows = ParentMeeting.objects.everywhere(why="a sample")
    made = rows.first() or plan_meeting(
        world.scope("zhao"), school=world.schools["青河县"], klass=world.klasses["三1"], kind="meeting", topic="陪伴", on=TODAY,
        room="教室", tell_by=TODAY,
    )  # fmt: skip
    rows.update(ended=True)
    return {"pk": made.pk}


def seat_of_lin(world: World) -> dict[str, Any]:
    """lin's family at that meeting; nobody came."""
    rows = ParentSeat.objects.everywhere(why="a sample").filter(meeting=meeting_of_31(world)["pk"])
    return {"pk": rows.get(child=world.children["lin"]).pk}


def lin_missed(world: World) -> dict[str, Any]:
    """lin, whose family missed it."""
    meeting_of_31(world)
    return lin(world)


STORE = frozenset({"zhou", "li", "wu"})  # who keeps the goods of the first school
WARDENS = frozenset({"zheng", "li", "wu"})  # who looks after the boarding house of the first school


def dossier_of_li(world: World) -> dict[str, Any]:
    """An inspection package of li; whoever leads a school reaches the page that hands it to li alone."""
    school, li = world.schools["青河县"], world.users["li"]
    return {"pk": Dossier.objects.create(school=school, by=li, purpose="督导", until_on=TODAY).pk}


def template_of_li(world: World) -> dict[str, Any]:
    """A form of the bureau's in use at the first school."""
    school, data = world.schools["青河县"], plain_book(("姓名", ""), ("身份证号", ""), ("鞋码", ""))
    told = excel_file.read(data)
    kind, spots, bodies = guess(told)
    row = Template.objects.create(school=school, title="县里的表", kind=kind)
    TemplateFile.objects.create(
        template=row,
        school=school,
        ending="xlsx",
        state="used",
        data=data,
        layout=told,
        ties=packed(ties_of(spots), bodies),
    )
    return {"pk": row.pk}


SETTERS = frozenset({"wang", "li", "wu"})  # who sets up the first school
SAMPLES: dict[str, tuple[Arguments, frozenset[str]]] = {
    "firsts": (nothing, CENSUS),
    "firsts-show": (homework, OWN),
    "goods": (nothing, STORE | {"feng"}),
    "goods-show": (bags, STORE),
    "goods-handed": (bags_handed, STORE),
    "incidents": (nothing, RECORDERS - {"xu"}),
    "incident-new": (nothing, RECORDERS - {"xu"}),
    "incident": (lin_fell, OWN | {"sun"}),
    "settings-incidents": (nothing, frozenset({"wang", "li", "wu", "feng"})),
    "screening": (nothing, frozenset({"xu"})),
    "screening-new": (nothing, frozenset({"xu"})),
    "screening-show": (a_screening, frozenset({"xu"})),
    "screening-result": (lin_screened, frozenset({"xu"})),
    "hazards": (nothing, WORKERS),
    "hazard-new": (nothing, WORKERS),
    "hazard-home": (nothing, RECORDERS - {"zheng"}),
    "hazard": (stairs, HERE),
    "ledgers": (nothing, STAFF),
    "ledger": (lambda world: {"code": "hazards"}, GUIDES),
    "slip": (lambda world: a_meeting(world) | {"code": "minutes"}, HERE),
    "schooling": (nothing, CENSUS),
    "schooling-new": (nothing, CENSUS),
    "schooling-case": (lin_away, OWN),
    "schooling-month": (this_month, LEADERS),
    "notices": (nothing, CENSUS),
    "notices-code": (klass_31, OWN),
    "notice": (told_in_31, OWN),
    "health": (nothing, RECORDERS - {"xu"}),
    "health-money": (nothing, RECORDERS - {"xu"}),
    "health-new": (nothing, RECORDERS - {"xu"}),
    "health-check": (lambda world: klass_31(world) | {"turn": "morning"}, OWN),
    "health-case": (lin_ill, OWN | {"sun"}),
    "dormitory": (nothing, WARDENS | {"feng"}),
    "dormitory-house": (boys_house, WARDENS),
    "dormitory-bed": (boys_house, WARDENS),
    "dormitory-begin": (boys_house, WARDENS),
    "dormitory-night": (roll_call, WARDENS),
    "dormitory-mark": (roll_call, WARDENS),
    "dormitory-child": (chenhao, WARDENS),
    "dormitory-note": (chenhao, WARDENS),
    "dormitory-seek": (chenhao, WARDENS),
    "dormitory-search": (search_for_chenhao, WARDENS),
    "settings-backup": (nothing, WANG),
    "trail": (nothing, LEADERS | {"feng"}),
    "trail-audit": (lambda world: {"year": 2026}, LEADERS | {"feng"}),
    "trail-proof": (nothing, LEADERS | {"feng"}),
    "children": (nothing, NAMED),
    "child": (lin, READERS),
    "child-file": (lin, READERS),
    "child-records": (lin, READERS),
    "child-eyes": (lin, READERS),
    "child-numbers": (lin_and(what="phones"), OWN | {"sun"}),
    "child-history": (lin, OWN),
    "child-past": (lin, OWN),
    "child-new": (nothing, CENSUS),
    "child-edit": (lin_and(group="identity"), OWN),
    "child-doubles": (nothing, LEADERS | {"feng"}),
    "child-doubles-join": (nothing, LEADERS | {"feng"}),
    "child-doubles-part": (merged_of_li, LEADERS),
    "child-status": (lin, OWN),
    "child-place": (lin, OWN),
    "child-hardship-end": (lin_hardship, OWN),
    "child-person-new": (lin, OWN),
    "child-person": (granny, OWN),
    "child-person-away": (granny, OWN),
    "child-person-act": (lambda world: granny(world, what="phone-add"), OWN),
    "child-care": (lin, OWN),
    "child-care-act": (lin_care, OWN),
    "child-pair": (lin, OWN),
    "child-pair-change": (lin_pair, OWN),
    "klass-pairing": (nothing, CENSUS),
    "klass-census": (nothing, CENSUS),
    "klass-census-list": (klass_31, OWN),
    "klass-census-rest": (klass_31, OWN),
    "klass-census-child": (lin, OWN),
    "klass-census-cell": (lambda world: stone_bridge(world) | {"column": "total"}, frozenset({"li", "wu"})),
    "klass-census-table": (stone_bridge, frozenset({"li", "wu"})),
    "calls": (nothing, RECORDERS),
    "call": (call_lin, frozenset({"sun", "zhao", "li", "wu", "xu"})),
    "record": (nothing, RECORDERS),
    "record-new": (talk, RECORDERS),
    "record-children": (talk, RECORDERS),
    "record-mine": (nothing, RECORDERS),
    "record-show": (of_sun, frozenset({"sun", "zhao", "li", "wu", "xu"})),
    "record-open": (sealed_of_sun, frozenset({"sun", "li", "wu", "xu"})),
    "record-correct": (of_sun, frozenset({"sun", "zhao", "li", "wu"})),
    "record-undo": (of_sun, frozenset({"sun", "zhao", "li", "wu", "xu"})),
    "record-out": (of_sun, frozenset({"sun", "zhao", "li", "wu"})),
    "reports": (nothing, STAFF),
    "report-new": (nothing, STAFF),
    "report-show": (report_of_shen, TOLD | {"wei"}),
    "report-open": (report_of_shen, TOLD),
    "report-correct": (report_of_shen, TOLD),
    "report-records": (report_of_shen, TOLD),
    "report-child": (report_of_shen, TOLD),
    "report-print": (report_of_shen, TOLD),
    "report-step": (lambda world: report_of_shen(world) | {"step": "police"}, TOLD),
    "report-people": (report_of_shen, TOLD),
    "report-person-out": (named_of_report, TOLD),
    "report-close": (report_of_shen, TOLD),
    "settings-checks": (nothing, VETTERS),
    "settings-check": (zhao, frozenset({"li", "wang"})),
    "settings-check-outsider": (nothing, VETTERS),
    "settings-checks-set": (nothing, VETTERS),
    "settings-reports": (nothing, frozenset({"wang", "li", "wu", "feng"})),
    "school": (nothing, WRITERS),
    "school-classes": (nothing, WRITERS),
    "school-makeup": (nothing, WRITERS),
    "school-work": (nothing, WRITERS),
    "school-daily": (nothing, WRITERS),
    "school-export": (nothing, WRITERS),
    "school-close": (term, LEADERS),
    "figure": (figure, WRITERS),
    "intake": (nothing, WRITERS),
    "intake-blank": (lambda world: {"kind": "class-list"}, WRITERS),
    "intake-batch": (roster_of_li, LEADERS),
    "intake-columns": (roster_of_li, LEADERS),
    "intake-pick": (roster_of_li, LEADERS),
    "intake-act": (lambda world: roster_of_li(world) | {"what": "preview"}, LEADERS),
    "intake-refused": (roster_of_li, LEADERS),
    "papers": (nothing, WRITERS),
    "papers-order": (roster, WRITERS),
    "papers-child": (form_of_lin, frozenset({"zhao", "li", "wu"})),
    "paper-summary-new": (nothing, WRITERS),
    "paper-summary": (summary, frozenset({"zhao", "li", "wu"})),
    "paper-summary-stories": (summary, frozenset({"zhao", "li", "wu"})),
    "paper-summary-heading": (summary, frozenset({"zhao", "li", "wu"})),
    "paper-summary-refresh": (summary, frozenset({"zhao", "li", "wu"})),
    "paper-summary-add": (summary, frozenset({"zhao", "li", "wu"})),
    "paper-summary-word": (summary, frozenset({"zhao", "li", "wu"})),
    "paper-paragraph": (foreword, frozenset({"zhao", "li", "wu"})),
    "paper-paragraph-anew": (foreword, frozenset({"zhao", "li", "wu"})),
    "paper-paragraph-back": (foreword, frozenset({"zhao", "li", "wu"})),
    "letters": (nothing, WRITERS),
    "letter-new": (nothing, LEADERS | {"feng"}),
    "letter-text": (letter_of_school, LEADERS),
    "letter-klass": (letter_of_31, LEADERS | {"zhao"}),
    "letter-copy": (letter_to_lin, LEADERS | {"zhao"}),
    "letter-picture": (letter_to_lin, LEADERS | {"zhao"}),
    "letter-child": (lin_of_letter, LEADERS | {"zhao"}),
    "meetings": (nothing, WRITERS),
    "meeting-new": (nothing, WRITERS),
    "meeting": (meeting_of_31, LEADERS | {"zhao"}),
    "meeting-edit": (meeting_of_31, LEADERS | {"zhao"}),
    "meeting-seat": (seat_of_lin, LEADERS | {"zhao"}),
    "meeting-child": (lin_missed, LEADERS | {"zhao"}),
    "settings-templates": (nothing, SETTERS | {"feng"}),
    "settings-template": (template_of_li, SETTERS),
    "settings-template-act": (template_of_li, SETTERS),
    "settings-template-replace": (template_of_li, SETTERS),
    "paper-template": (template_of_li, LEADERS | {"zhao", "qian"}),
    "paper-inspection": (nothing, LEADERS | {"feng"}),
    "paper-inspection-show": (dossier_of_li, LEADERS | {"feng"}),
    "inspect": (nothing, {"du"}),
    "inspect-open": (dossier_of_li, {"du"}),
    "paper-inspection-take": (dossier_of_li, LEADERS | {"feng"}),
    "papers-cards": (nothing, WRITERS),
    "papers-card-lost": (lin, frozenset({"zhao", "li", "wu"})),
    "mine": (nothing, STAFF),
    "mine-theme": (nothing, STAFF),
    "mine-sessions": (nothing, STAFF),
    "mine-session-end": (nothing, STAFF),
    "approvals": (nothing, STAFF),
    "approval-read": (nothing, STAFF),
    "concern": (nothing, frozenset({"shen"})),
    "klass-stand-in": (klass_31, OWN),
    "klass-stand-in-end": (klass_31, OWN),
    "approval-decide": (factor_off, LEADERS | {"feng"}),
    "settings-access": (nothing, WANG),
    "settings-person-factor": (zhao, WANG),
    "settings-person-sign-out": (zhao, WANG),
    "first-steps": (nothing, WANG),
    "settings-school": (nothing, WANG),
    "settings-terms": (nothing, WANG),
    "settings-term-new": (nothing, WANG),
    "settings-term": (autumn_term, WANG),
    "settings-term-day-drop": (autumn_term, WANG),
    "settings-classes": (nothing, WANG),
    "settings-class-drop": (klass_31, WANG),
    "settings-people": (nothing, WANG),
    "settings-person-new": (nothing, WANG),
    "settings-person": (zhao, WANG),
    "settings-person-post": (zhao, WANG),
    "settings-person-reset": (zhao, WANG),
    "settings-person-switch": (zhao, WANG),
    "settings-post-end": (zhao_post, WANG),
    "today": (nothing, STAFF | {"du"}),  # the inspector is led to her own page
    "today-around": (nothing, STAFF),
    "klasses": (nothing, frozenset({"zhao", "qian", "sun", "li", "wu", "feng", "chen", "xu"})),
    "klass": (klass_31, frozenset({"zhao", "li", "wu"})),
    "klass-duty": (visits, NAMED - {"zhou"}),
    "settings-cadences": (nothing, frozenset({"wang", "li", "wu", "feng"})),
    "settings-cadence": (visits, frozenset({"wang", "li", "wu", "feng"})),
    "handovers": (nothing, LEADERS | {"feng"}),
    "child-handover": (lin, LEADERS),
    "handover": (lin_offered, frozenset({"feng"})),
    "handover-act": (lambda world: lin_offered(world) | {"what": "file"}, frozenset({"feng"})),
    "settings-keeping": (nothing, LEADERS | {"feng"}),
    "settings-keeping-confirm": (nothing, LEADERS | {"feng"}),
    "settings-law": (nothing, LEADERS | {"feng"}),
    "settings-law-text": (nothing, LEADERS | {"feng"}),
    "settings-law-document": (lambda world: {"code": "record"}, LEADERS | {"feng"}),
    "klass-consent": (nothing, CENSUS),
    "klass-consent-list": (klass_31, OWN),
    "klass-consent-child": (lin, OWN),
    "child-consent": (lin, OWN),
    "child-consent-withdraw": (lin, OWN),
    "petitions": (nothing, CENSUS),
    "child-petitions": (lin, OWN),
    "petition": (lin_petition, OWN),
    "petition-act": (lambda world: lin_petition(world) | {"what": "package"}, LEADERS),
    "child-waivers": (lin, frozenset({"zhao", "li", "wu"})),
    "child-waiver-end": (lin_waiver, frozenset({"zhao", "li", "wu"})),
    "klass-assess": (nothing, WRITERS),
    "klass-assess-list": (klass_31, LEADERS | {"zhao"}),
    "klass-assess-child": (lin, LEADERS | {"zhao"}),
    "klass-assess-picture": (klass_31, LEADERS | {"zhao"}),
    "klass-assess-behind": (study_of_31, LEADERS | {"zhao"}),
    "child-help": (lin, READERS),
    "child-papers": (lin, READERS),
    "child-paper": (paper_of_lin, OWN),
    "child-paper-small": (paper_of_lin, OWN),
    "child-paper-withdraw": (paper_of_lin, OWN),
    "klass-levels": (nothing, WRITERS),
    "child-level": (lin, LEADERS | {"zhao"}),
    "settings-levels": (nothing, frozenset({"wang", "li", "wu", "feng"})),
    "alerts": (nothing, frozenset({"zhao", "qian", "sun", "li", "wu", "feng", "chen", "xu"})),
    "alert": (lin_and(code="quiet"), READERS),
    "child-growth": (lin, READERS),
    "child-growth-add": (lin_and(code="honour"), READERS),
    "klass-growth": (lambda world: klass_31(world) | {"code": "absence"}, OWN),
    "child-growth-drop": (growth_of_lin, READERS),
    "klass-exams": (klass_31, OWN),
    "klass-exam": (exam_of_31, OWN),
    "klass-exam-import": (exam_of_31, OWN),
    "holidays": (nothing, CENSUS),
    "holiday": (lin, OWN),
    "settings-alerts": (nothing, frozenset({"wang", "li", "wu", "feng"})),
    "child-problem-new": (lin, READERS),
    "child-problem": (problem_of_lin, READERS),
    "child-plan-new": (lin, LEADERS | {"zhao"}),
    "child-plan-now": (lin, READERS),
    "child-plan": (plan_of_lin, READERS),
    "child-plan-edit": (plan_of_lin, LEADERS | {"zhao"}),
    "child-plan-action": (action_of_lin, READERS),
    "activities": (nothing, WORKERS),
    "activity": (an_activity, HERE),
    "activity-new": (nothing, GUIDES | {"zhou"}),
    "activity-edit": (an_activity, LEADERS | {"zhou"}),
    "activity-places": (an_activity, LEADERS | {"zhou"}),
    "activity-drop": (an_activity, LEADERS | {"zhou"}),
    "activity-sign": (an_activity, HERE - {"wang", "shen"}),
    "activity-part": (lin_signed, READERS | {"zhou"}),
    "activity-hold": (an_activity, LEADERS | {"zhou"}),
    "activity-shares": (nothing, WRITERS),
    "room": (nothing, WORKERS),
    "room-hour-new": (nothing, GUIDES | {"zhou"}),
    "room-hour-end": (room_hour, LEADERS | {"zhou"}),
    "room-open": (nothing, WORKERS),
    "room-opening": (an_opening, HERE),
    "room-books": (nothing, WORKERS),
    "room-book-new": (nothing, GUIDES | {"zhou"}),
    "room-works": (nothing, WORKERS),
    "room-work-new": (nothing, GUIDES | {"zhou"}),
    "room-work-down": (lin_work, LEADERS | {"zhou"}),
    "room-items": (nothing, WORKERS),
    "room-item-new": (nothing, GUIDES | {"zhou"}),
    "room-count": (nothing, GUIDES | {"zhou"}),
    "room-scrap": (a_thing, LEADERS | {"zhou"}),
    "room-scrap-sign": (a_scrap, LEADERS),
    "org-net": (nothing, WRITERS),
    "org-outside": (nothing, WORKERS),
    "org-outsider-new": (nothing, GUIDES | {"zhou"}),
    "org-outsider": (an_outsider, LEADERS | {"zhou"}),
    "org-outsider-deed": (an_outsider, LEADERS | {"zhou"}),
    "org-outsider-thanks": (a_deed, LEADERS | {"zhou"}),
    "org": (nothing, WORKERS),
    "org-seat-new": (nothing, GUIDES),
    "org-seat": (group_seat, LEADERS),
    "org-rules": (nothing, WORKERS),
    "org-rule-new": (nothing, GUIDES),
    "org-rule": (a_rule, HERE),
    "org-rule-next": (a_rule, LEADERS),
    "org-rule-end": (a_rule, LEADERS),
    "org-rule-read": (a_version, HERE),
    "org-rule-scan": (a_scan, HERE),
    "org-meetings": (nothing, WORKERS),
    "org-meeting-new": (nothing, GUIDES),
    "org-meeting": (a_meeting, HERE),
    "org-meeting-edit": (a_meeting, LEADERS),
    "org-resolution-new": (a_meeting, LEADERS),
    "org-task": (a_resolution, HERE),
    "org-plan": (nothing, WORKERS),
    "org-item-new": (nothing, GUIDES),
    "org-item": (plan_item, LEADERS),
    "org-gaps": (nothing, GUIDES),
}
