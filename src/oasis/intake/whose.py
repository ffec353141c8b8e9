"""How a remark is taken apart, and which words in it are of somebody else or a no."""

import re

SENTENCES, CLAUSES, PIECES = re.compile(r"[。;\n]+"), re.compile("[,、]+"), re.compile(r"[\s:/|+()\[\]【】]+")
# Within a clause: 低保/住校, 低保 住校, 低保(住校); and the numbers before the things of a list: 1.低保 2.住校.
LIST, NUMBERED = re.compile(r"[\s/|+·\\_()\[\]【】–—-]+"), re.compile(r"(?<!\d)\(?\d{1,2}[.、)](?=\D)")
# Who is not the child, and what says that something is not, no longer or not yet so: also inside a longer phrase.
SOMEBODY = re.compile(
    "[父母爸妈爷奶婆姥祖兄弟姐妹哥叔伯姑舅姨婶嫂]|外公|双亲|家长|家人|监护人|照护人|照顾人|亲属|亲戚|邻居|同学|同桌|同村|朋友"
)
NOT = re.compile("[否无不没未非曾原停退疑拟愈]|[去前]年|以前|取消|注销|申请|待|可能|康复")
ALONE = re.compile(
    rf"(?:(?:{SOMEBODY.pattern}|[亲子人方系的和及与])+|(?:\d+[年月日号起]|[去今前]年|[现已经被了有是过均都]|{NOT.pattern})*(?:{NOT.pattern})(?:[止出办理了过有是]|享受)*)"
)


def clauses_of(remark: str) -> list[list[str]]:
    """Give the clauses of each sentence of a remark."""
    return [[one.strip() for one in CLAUSES.split(sentence)] for sentence in SENTENCES.split(remark)]


def pieces(clause: str) -> list[str]:
    """Give the pieces of a clause that is a list by itself."""
    return [one for one in LIST.split(clause) if one]


def about_one_parent(clause: str) -> bool:
    """Tell whether a clause, as 父亲服刑, is of one parent: what follows may be so too, as it may not after 父母离异."""
    return bool(SOMEBODY.search(clause.replace("父母", "")))
