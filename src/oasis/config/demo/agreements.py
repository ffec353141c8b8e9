"""What the demo's guardians answered: nine in ten answered, some said no to something."""

from random import Random

from oasis.children.models import Child, Consent, Person, Tie
from oasis.config.demo.sheets import Stage
from oasis.kit.codes import PARENTS
from oasis.people.uses import ASKED


def agree(stage: Stage, child: Child) -> None:
    """Add a guardian's answer; what needs a yes is emptied where there is none. Draws apart, so that the rest stays."""
    random = Random(f"consent {child.id_number}")  # noqa: S311 - a demo wants a seed
    parents = _parents(stage, child)
    if random.random() < 0.1 or not parents:
        child.mind = ""
        return
    guardian, relation = random.choice(parents)
    answers = {use.code: "no" if random.random() < 0.08 else "yes" for use in ASKED}
    if answers["mind"] == "no":
        child.mind = ""
    by_phone = random.random() < 0.3
    stage.rows.add(
        Consent(
            school=stage.school, child=child, text=stage.text, signer=guardian, signer_name=guardian.name, relation=relation,
            signed="phone" if by_phone else "paper", witness="教导处值班老师" if by_phone else "", on=stage.terms[0].starts_on,
            paper_no="" if by_phone else "告知同意书第1袋", answers=answers, by=stage.homeroom[child.klass_id],
        )
    )  # fmt: skip


def _parents(stage: Stage, child: Child) -> list[tuple[Person, str]]:
    found: list[tuple[Person, str]] = []
    for row in reversed(stage.rows.tables[Tie]):
        if not isinstance(row, Tie) or row.child_id != child.pk:
            break
        if row.relation in PARENTS:
            found.append((row.person, row.relation))
    return found
