"""The demo's letters to parents: the school's of this term's beginning, most of them answered, a few still out."""

from datetime import timedelta
from random import Random

from oasis.campus.models import Letter, LetterCopy
from oasis.config.demo.homes import Kept
from oasis.config.demo.sheets import Stage
from oasis.papers.letters.words import usual
from oasis.people.models import User

REPLIES = (
    "谢谢老师，孩子让您费心了",
    "年底回来再来看老师",
    "请多督促他写作业",
    "孩子在奶奶家，有事请打我电话",
    "",
    "",
    "",
)
WORDS = ("爸爸妈妈，我会照顾好自己", "我数学有进步了", "我想你们，过年早点回来", "我当上了小组长", "", "")
PARAGRAPHS = (
    "{name}同学上学期的情况：老师和孩子谈心2次，到家里看望1次。在学校里和父母通话3次。",
    "{name}同学上学期的情况：老师和孩子谈心1次；辅导数学2次，有进步。在学校里和父母通话2次。",
    "{name}同学上学期的情况：老师到家里看望1次。",
)


def write(stage: Stage, kept: list[Kept]) -> None:
    """Give the running term its letter and every child a copy. Draws apart, so that the rest stays."""
    random = Random(f"letters {stage.school.name}")  # noqa: S311 - a demo wants a seed
    term = [term for term in stage.terms if term.starts_on <= stage.on][-1]
    issued = min(stage.on, term.starts_on + timedelta(days=6))
    words = usual(stage.school, term, Letter.Part.START)
    letter = Letter(
        school=stage.school, term=term, part=Letter.Part.START, issued_on=issued, send_by=issued + timedelta(days=7),
        reply_by=issued + timedelta(days=21), by=stage.staff["principal"][0], **words,
    )  # fmt: skip
    stage.rows.add(letter)
    for one in kept:
        if one.child.klass_id:
            stage.rows.add(_copy(random, stage, letter, one, stage.homeroom[one.child.klass_id]))


def _copy(random: Random, stage: Stage, letter: Letter, one: Kept, teacher: User) -> LetterCopy:
    copy = LetterCopy(school=stage.school, child=one.child, letter=letter, by=teacher)
    if one.child.left_behind:
        copy.paragraph = random.choice(PARAGRAPHS).format(name=one.child.name)
        copy.words = random.choice(WORDS)
    if random.random() < 0.97:
        copy.sent_on = min(stage.on, letter.issued_on + timedelta(days=random.randrange(1, 6)))
        copy.sent_by, copy.way = teacher, random.choice(["child", "child", "wechat"])
        if random.random() < 0.92:
            copy.received_on = copy.answered_on = min(stage.on, copy.sent_on + timedelta(days=random.randrange(1, 14)))
            copy.reply = random.choice(REPLIES)
    return copy
