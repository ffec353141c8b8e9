"""The demo's papers in the files of some children: what a teacher would have photographed, drawn by the program itself."""

from datetime import date, timedelta

from oasis.children.models.paper import Paper, PaperBody
from oasis.config.demo.homes import Kept
from oasis.config.demo.sheets import Stage
from oasis.kit.scans import scanned
from oasis.papers.sheets.printed import sheet_png
from oasis.papers.sheets.shape import Block, Line, Listing, Para, Section, Title

LARGEST = 10 << 20
CHILDREN = 5
MARK = Para("（演示数据，不是真的证明）", indent=False, side="right")


def tell(stage: Stage, kept: list[Kept]) -> None:
    """Keep three papers each for children of the class whose teacher's log-in is shown first."""
    shown = next(user for user in stage.staff["homeroom"] if user.username == "banzhuren")
    pool = [one for one in kept if stage.homeroom[one.child.klass_id] == shown and one.child.left_behind]
    for one in sorted(pool, key=lambda held: held.care in ("parents", "one-parent"))[:CHILDREN]:
        begun = stage.terms[2].starts_on
        _keep(stage, one, Paper.Kind.CARE, "委托照护告知书，家长按了手印", begun + timedelta(days=6), _care(stage, one))
        _keep(stage, one, Paper.Kind.HEALTH, "秋季体检表", begun + timedelta(days=20), _health(stage, one))
        _keep(stage, one, Paper.Kind.LETTER, "期初致家长的信的回执", begun + timedelta(days=15), _slip(one))


def _keep(stage: Stage, one: Kept, kind: str, title: str, on: date, blocks: tuple[Block, ...]) -> None:
    if on > stage.on:
        return
    scan = scanned(sheet_png(Section(blocks)), largest=LARGEST)
    by = stage.homeroom[one.child.klass_id]
    row = Paper(school=stage.school, child=one.child, kind=kind, title=title, on=on, media=scan.media, size=len(scan.body), by=by)  # fmt: skip
    stage.rows.add(row)
    stage.rows.add(PaperBody(paper=row, data=scan.body, thumb=scan.thumb))


def _care(stage: Stage, one: Kept) -> tuple[Block, ...]:
    return (
        Title("委托照护告知书"), MARK,
        Para(f"{stage.school.name}：我外出务工，孩子{one.child.name}平时由{one.carer_word}照护，吃住、上学、看病都由{one.carer_word}"
             "负责。我每周给孩子打电话，有事先打给我，打不通打给照护人。"),
        Para("委托人：（手印）", side="right"), Para("被委托人：（手印）", side="right"),
    )  # fmt: skip


def _health(stage: Stage, one: Kept) -> tuple[Block, ...]:
    rows = (
        ("身高", "126厘米", "正常"), ("体重", "24公斤", "正常"), ("左眼视力", "5.0", "正常"), ("右眼视力", "4.8", "复查"),
        ("牙齿", "龋齿1颗", "建议治疗"), ("心肺", "未见异常", "正常"),
    )  # fmt: skip
    return (
        Title("学生健康体检表"), Line((f"姓名：{one.child.name}", f"学校：{stage.school.name}")),
        Listing(("项目", "结果", "意见"), rows, (1.0, 1.4, 1.4)), Para("柳溪镇卫生院（盖章）", side="right"), MARK,
    )  # fmt: skip


def _slip(one: Kept) -> tuple[Block, ...]:
    return (
        Title("致家长的信 · 回执"),
        Para(f"{one.child.name}的信收到了。谢谢老师照顾孩子，我们过年回来，电话没有换。孩子说想要一本《昆虫记》。"),
        Para("家长：（签名）", side="right"), MARK,
    )  # fmt: skip
