"""The usual words of a letter, for the school to change; the parents' duties are those of 未成年人保护法 15 to 23."""

from oasis.campus.models import Letter
from oasis.places.models import School, Term

_DUTIES = (
    "孩子的成长离不开父母。即使在外务工，也请您每周至少和孩子、照护人联系一次，多听孩子说说心里话，放假时尽量把孩子接到身边或回家团聚。\n"
    "请委托有能力的成年人照护孩子，并书面告诉学校和村（居）委会；照护人或联系电话有变动，请写在回执上。\n"
    "请和照护人一起守住安全：不私自下水，不独自在家用火用电，按时上下学，去哪里、和谁去、做什么、什么时候回来，家里都要知道。\n"
)
_OPENING = {
    Letter.Part.START: "新学期开始了。感谢您一直以来对学校的信任和支持。\n本学期学校继续安排老师和孩子谈心、辅导功课、到家里看望，帮助孩子按月和父母通话。\n",
    Letter.Part.END: "这个学期就要结束了。感谢您一直以来对学校的信任和支持。下面把孩子在校的情况告诉您。\n",
}
_CLOSING = "孩子有什么情况，请随时和班主任联系{phone}。祝您工作顺利，全家平安！"


def usual(school: School, term: Term, part: str) -> dict[str, str]:
    """Give the title and words a school begins with."""
    phone = f"，也可以打学校值班电话{school.duty_phone}" if school.duty_phone else ""
    text = _OPENING[Letter.Part(part)] + _DUTIES + _CLOSING.format(phone=phone)
    return {"title": "致家长的一封信", "text": text}
