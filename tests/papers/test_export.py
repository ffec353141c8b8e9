"""Papers hand out what the eyes may see, for a purpose, with a line on the trail."""

from datetime import date
from io import BytesIO

import docx
import openpyxl
import pytest

from oasis.children.actions.plans import make_plan
from oasis.children.models import Away, Phone
from oasis.kit.refused import Refused
from oasis.papers.actions import export_child, export_place, withdraw_card
from oasis.papers.cards.issuing import card_page, cards_of
from oasis.papers.forms import PAPERS
from oasis.papers.models import CardIssue
from oasis.papers.queries import card_states
from oasis.people.deeds import DEEDS
from oasis.people.models import Trail
from tests.papers.test_letters import letter_of
from tests.papers.test_meetings import meeting_of
from tests.papers.test_term_forms import LOGS, wrote
from tests.world import TODAY, World


def link(token: str) -> str:
    return f"https://oasis.example.cn/card/{token}/"


def made(world: World, paper: str, who: str = "zhao", place: str = "三1", whom: str = "cared") -> bytes:
    pk = world.klasses[place].pk if place in world.klasses else world.schools[place].pk
    scope = world.scope(who)
    return export_place(scope, paper=paper, place=pk, whom=whom, purpose="contact", link=link).data


def made_plan(world: World) -> None:
    """Give lin, the key child, a plan: without one the form of plans has nothing to say."""
    make_plan(
        world.scope("li"), world.children["lin"], term=world.terms["青河县"], lead=world.users["zhao"].pk,
        mid_on=date(2026, 11, 30), end_on=date(2027, 1, 15), situation="作业没人看", causes="奶奶不识字",
    )  # fmt: skip


def ready(world: World, paper: str) -> None:
    """Give a paper what it tells of: without it the paper is refused."""
    if paper in LOGS:
        wrote(world, LOGS[paper])
    elif paper == "letter":
        letter_of(world)
    elif paper in ("invitation", "sign-in"):
        meeting_of(world, klass=None, who="li", days=7)
    elif paper == "plan":
        made_plan(world)


def last_line() -> Trail:
    return Trail.objects.everywhere(why="a test looks").order_by("-seq").first()  # type: ignore[return-value]


def test_the_roster_holds_the_class_and_only_the_class(world: World) -> None:
    Away.objects.create(
        school=world.schools["青河县"],
        person=world.persons["lin_father"],
        since_on=date(2025, 2, 1),
        province="浙江省",
        city="宁波市",
    )
    page = openpyxl.load_workbook(BytesIO(made(world, "roster"))).active
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=5)]
    assert [row[2] for row in rows[:-1]] == ["陈浩", "林晓晓"]
    assert rows[1][11:20] == [
        "林国平",
        "浙江省宁波市",
        "19900000001",
        "周玉兰",
        "",
        "19900000002",
        "黄桂英",
        "奶奶",
        "19900000003",
    ]
    assert rows[1][21] == "孙丽"


def test_every_deed_has_its_words() -> None:
    assert {f"export.{code}" for code in (*PAPERS.codes, "summary")} <= set(DEEDS.codes)


def test_a_whole_class_may_be_asked_for(world: World) -> None:
    page = openpyxl.load_workbook(BytesIO(made(world, "roster", whom="all"))).active
    assert {row[2].value for row in page.iter_rows(min_row=5)} >= {"杨帆", "陈浩", "林晓晓"}


@pytest.mark.parametrize("paper", PAPERS.codes)
def test_every_paper_leaves_one_line_and_a_quiet_file_name(paper: str, world: World) -> None:
    ready(world, paper)
    before = Trail.objects.everywhere(why="a test counts").count()
    export = export_place(
        world.scope("li"), paper=paper, place=world.schools["青河县"].pk, whom="cared", purpose="report", link=link
    )
    assert Trail.objects.everywhere(why="a test counts").count() == before + 1 + 3  # one a child, so that each finds it
    assert (last_line().deed, last_line().detail) == (f"export.{paper}", "3 report")
    assert not any(word in export.name for word in ("留守", "林晓晓", "陈浩"))
    assert len(export.data) > 2000


@pytest.mark.parametrize(
    ("who", "place"), [("zhao", "三2"), ("sun", "三1"), ("wang", "三1"), ("feng", "三1"), ("wei", "三1")]
)
def test_a_class_out_of_reach_is_refused(who: str, place: str, world: World) -> None:
    with pytest.raises(Refused, match="out-of-reach"):
        made(world, "roster", who=who, place=place)


def test_many_children_need_a_purpose(world: World) -> None:
    with pytest.raises(Refused, match="purpose"):
        export_place(
            world.scope("zhao"), paper="roster", place=world.klasses["三1"].pk, whom="cared", purpose="", link=link
        )


def test_the_form_of_one_child_is_filled(world: World) -> None:
    export = export_child(world.scope("zhao"), paper="registration", child=world.children["lin"], link=link)
    document = docx.Document(BytesIO(export.data))
    text = [node.text for node in document.tables[0]._tbl.iter() if node.tag.endswith("}t")]
    assert {"林晓晓", "林国平", "黄桂英", "奶奶", "三（1）班", "赵明霞", "2017.3.5"} <= set(text)
    assert last_line().child == world.children["lin"].pk


def test_a_card_keeps_its_code_until_something_changes(world: World) -> None:
    made(world, "cards")
    first = CardIssue.objects.everywhere(why="a test looks").get(child=world.children["lin"])
    made(world, "cards")
    assert CardIssue.objects.everywhere(why="a test looks").filter(child=world.children["lin"]).count() == 1
    phone = Phone.objects.everywhere(why="a test changes").get(person=world.persons["lin_granny"])
    phone.number = "19900000009"
    phone.save()
    made(world, "cards")
    page = card_page(first.token, TODAY)
    assert page is not None
    assert (page.current, page.ended_on) == (False, TODAY)


def test_the_page_of_a_card_knows_when_the_file_changed(world: World) -> None:
    made(world, "cards")
    lin, zhao = world.children["lin"], world.scope("zhao")
    token = CardIssue.objects.everywhere(why="a test looks").get(child=lin).token
    assert card_page(token, TODAY).current  # type: ignore[union-attr]
    assert card_states(zhao, [lin])[0].words == "是最新的"
    phone = Phone.objects.everywhere(why="a test changes").get(person=world.persons["lin_granny"])
    phone.number = "19900000009"
    phone.save()
    assert not card_page(token, TODAY).current  # type: ignore[union-attr]
    assert card_states(zhao, [lin])[0].words == "信息有变动，请换发"


def test_a_lost_card_is_ended(world: World) -> None:
    made(world, "cards")
    token = CardIssue.objects.everywhere(why="a test looks").get(child=world.children["lin"]).token
    withdraw_card(world.scope("zhao"), child=world.children["lin"])
    assert card_page(token, TODAY).ended_on == TODAY  # type: ignore[union-attr]
    with pytest.raises(Refused, match="no-card"):
        withdraw_card(world.scope("zhao"), child=world.children["lin"])


def test_an_unknown_code_opens_nothing(world: World) -> None:
    assert card_page("nonsense", TODAY) is None


def test_a_number_nobody_answered_still_stands_on_the_card(world: World) -> None:
    Phone.objects.everywhere(why="a test changes").filter(person=world.persons["lin_mother"]).update(failed_times=2)
    card = cards_of(world.scope("zhao"), [world.children["lin"]], TODAY)[0]
    assert "19900000002" in [one.phone for one in card.family]
    assert about(world, "周玉兰") == []


def test_a_wrong_number_is_left_for_the_hand_and_said_to_be_wrong(world: World) -> None:
    Phone.objects.everywhere(why="a test changes").filter(person=world.persons["lin_father"]).update(wrong=True)
    card = cards_of(world.scope("zhao"), [world.children["lin"]], TODAY)[0]
    assert [(one.role, one.phone) for one in card.family] == [
        ("父亲", ""),
        ("母亲", "19900000002"),
        ("委托照护人", "19900000003"),
    ]
    assert about(world, "林国平") == ["父亲林国平的电话打不通"]
    Phone.objects.everywhere(why="a test changes").filter(person=world.persons["lin_father"]).delete()
    assert about(world, "林国平") == ["没有父亲林国平的电话"]


def about(world: World, name: str) -> list[str]:
    return [one for one in card_states(world.scope("zhao"), [world.children["lin"]])[0].missing if name in one]
