"""What changes in life: a parent who came home, a carer who fell ill, a child who moved class. Told with their history."""

from datetime import timedelta

from oasis.children.models import Away, Change, Child, ChildStatus, Enrolment, Tie
from oasis.config.demo.homes import Kept
from oasis.config.demo.sheets import Stage
from oasis.kit.dates import now


def tell(stage: Stage, kept: list[Kept]) -> None:
    """Change some families of a school; every change leaves what was before."""
    both = [one for one in kept if one.child.left_behind == 2]
    for one in both[:: max(1, len(both) // 4)][:4]:
        _came_home(stage, one)
    for one in [o for o in kept if o.care == "grandparents"][1::17][:6]:
        _moved(stage, one.child)


def _ties(stage: Stage, child: Child) -> list[Tie]:
    return [row for row in stage.rows.tables[Tie] if isinstance(row, Tie) and row.child_id == child.pk]


def _came_home(stage: Stage, one: Kept) -> None:
    """The mother came home some weeks ago: both away became one away, and she cares now."""
    day = stage.on - timedelta(days=18 + stage.random.randrange(20))
    child = one.child
    for tie in _ties(stage, child):
        if tie.relation == "52":
            tie.lives_with = tie.carer = True
            for away in stage.rows.tables[Away]:
                if isinstance(away, Away) and away.person_id == tie.person_id:
                    away.to_on, away.next_return_on = day, None
                    one.away["mother"] = (one.away["mother"][0], day)
        elif tie.standing == "entrusted":
            tie.carer = False
    by = stage.homeroom[child.klass_id]
    stage.rows.add(
        ChildStatus(
            school=stage.school,
            child=child,
            from_on=day,
            left_behind=1,
            civil=False,
            care="one-parent",
            source="file",
            by=by,
            note="母亲返乡",
        )
    )
    for field, old, new in (("left_behind", 2, 1), ("civil", True, False), ("care", child.care, "one-parent")):
        stage.rows.add(
            Change(
                school=stage.school,
                child=child,
                table="child",
                row=child.pk,
                field=field,
                old=old,
                new=new,
                at=now() - timedelta(days=20),
                by=by,
            )
        )
        setattr(child, field, new)
    one.care = "one-parent"


def _moved(stage: Stage, child: Child) -> None:
    """The child began to board after the carer fell ill."""
    if child.boarding:
        return
    day = stage.terms[2].starts_on + timedelta(days=20)
    if day > stage.on or child.opened_on >= day:
        return
    for row in stage.rows.tables[Enrolment]:
        if isinstance(row, Enrolment) and row.child_id == child.pk:
            row.to_on = day
    child.boarding = True
    by = stage.homeroom[child.klass_id]
    stage.rows.add(
        Enrolment(
            school=stage.school,
            child=child,
            klass_id=child.klass_id,
            boarding=True,
            from_on=day,
            reason="照护人生病，申请寄宿",
            by=by,
        )
    )
    stage.rows.add(
        Change(
            school=stage.school,
            child=child,
            table="child",
            row=child.pk,
            field="boarding",
            old=False,
            new=True,
            at=now() - timedelta(days=30),
            by=by,
        )
    )
