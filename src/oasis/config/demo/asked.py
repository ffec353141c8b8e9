"""What waits for the demo's leaders: teachers who ask, parents who ask, and a child for whom a duty rests."""

from datetime import timedelta

from oasis.children.models import Child, Petition, Tie
from oasis.config.demo.homes import Kept
from oasis.config.demo.sheets import Stage
from oasis.duties.models import Waiver
from oasis.people.models import Approval
from oasis.places.queries import workdays_after

WISHES = (
    ("copy", "phone", "callback", 6, "要一份孩子的档案，转到打工的地方上学用", ""),
    ("correct", "face", "known", 31, "家里搬了，住址改成新村三组", "当面看了户口本，住址已经改好，打印给家长看过"),
)


def tell(stage: Stage, kept: list[Kept]) -> None:
    """Let two teachers and two parents ask, and one duty rest."""
    _approvals(stage)
    here = [one.child for one in kept if one.child.left_behind and one.child.state == Child.State.HERE]
    for child, wish in zip(here[::7], WISHES, strict=False):
        _petition(stage, child, *wish)
    if len(here) > 12:
        child = here[12]
        stage.rows.add(
            Waiver(
                school=stage.school, child=child, duty="visit-2", reason="奶奶住院，寒假前再去", from_on=stage.on - timedelta(days=5),
                until_on=stage.on + timedelta(days=35), by=stage.homeroom[child.klass_id],
            )
        )  # fmt: skip


def _approvals(stage: Stage) -> None:
    listed, away = stage.klasses[4], stage.klasses[1]
    teacher = stage.homeroom[listed.pk]
    name = listed.name(stage.on, stage.school.primary_years)
    stage.rows.add(
        Approval(
            school=stage.school, kind=Approval.Kind.EXPORT, asked_by=teacher, subject=f"registration {listed.pk} cared",
            words=f"{name}关爱对象的登记表", purpose="学校存档", until_on=stage.on + timedelta(days=7),
        )
    )  # fmt: skip
    stage.rows.add(
        Approval(
            school=stage.school, kind=Approval.Kind.STAND_IN, asked_by=stage.homeroom[away.pk], about=stage.staff["helper"][-1], role="homeroom",
            klass=away, from_on=stage.on + timedelta(days=2), until_on=stage.on + timedelta(days=4), purpose="到县里参加教研活动",
        )
    )  # fmt: skip


def _petition(stage: Stage, child: Child, wish: str, how: str, proof: str, ago: int, words: str, answer: str) -> None:
    ties = stage.rows.tables[Tie]
    tie = next(
        row for row in ties if isinstance(row, Tie) and row.child_id == child.pk and row.relation in ("51", "52")
    )
    received = stage.on - timedelta(days=ago)
    row = Petition(
        school=stage.school, child=child, wish=wish, guardian=tie.person, guardian_name=tie.person.name, relation=tie.relation,
        received_on=received, how=how, proof=proof, words=words, due_on=workdays_after(received, 15), by=stage.staff["dean"][0],
    )  # fmt: skip
    if answer:
        row.state, row.answer = Petition.State.DONE, answer
        row.answered_on, row.answered_by = received + timedelta(days=3), stage.staff["dean"][0]
    stage.rows.add(row)
