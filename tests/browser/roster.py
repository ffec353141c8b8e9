"""A class list as a teacher keeps it: a merged title, headings in two rows, digits of all widths, totals at the foot."""

from io import BytesIO

import openpyxl

from oasis.kit.idcard import check_digit

TITLE = "石桥小学三年级（1）班学生花名册"
GROUPS = (
    "序号",
    "学生姓名",
    "性别",
    "出生年月",
    "身份证号码",
    "住校",
    "父亲",
    "",
    "",
    "母亲",
    "",
    "监护人",
    "",
    "",
    "家庭住址",
)
HEADS = ("", "", "", "", "", "", "姓名", "联系电话", "务工地点", "姓名", "联系电话", "姓名", "关系", "联系电话", "")
MERGES = ("A1:O1", "G3:I3", "J3:K3", "L3:N3", *(f"{column}3:{column}4" for column in "ABCDEFO"))
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")

# name, sex, birth, father, mother, carer, relation; the last one's number is miscopied
PEOPLE = (
    ("安小满", "女", "20170521", "安国栋", "陆秀兰", "吴桂英", "奶奶"),
    ("白一鸣", "男", "20170812", "白建军", "黄丽", "白德厚", "爷爷"),
    ("程雨桐", "女", "20161103", "程大力", "何芳", "何有田", "外公"),
    ("邓乐天", "男", "20170204", "邓志强", "魏红", "邓志强", "父亲"),
    ("方可心", "女", "20170630", "方海", "苏梅", "苏梅", "母亲"),
    ("高远航", "男", "20161225", "高峰", "谢云", "高长福", "爷爷"),
    ("江若彤", "女", "20170319", "江涛", "沈静", "沈巧珍", "外婆"),
)
GOOD = [person[0] for person in PEOPLE[:-1]]
REFUSED = PEOPLE[-1][0]


def number(birth: str, sex: str, at: int) -> str:
    """Give an ID number that can belong to nobody: there is no district 829999."""
    first = f"829999{birth}{at:02}{1 if sex == '男' else 2}"
    return first + check_digit(first)


def wrong(number: str) -> str:
    """Write the last digit wrongly, as happens in copying."""
    return number[:-1] + ("1" if number[-1] == "0" else "0")


def messy_roster() -> bytes:
    """Build the teacher's workbook."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    sheet.append([TITLE])
    sheet.append(["班主任：刘敏", "", "", "", "", "填表日期：2026年9月"])
    sheet.append(GROUPS)
    sheet.append(HEADS)
    for at, person in enumerate(PEOPLE, start=1):
        sheet.append(line(at, *person))
    sheet.append([])
    sheet.append(["合计", f"{len(PEOPLE)}人", "男3人，女4人"])
    for merge in MERGES:
        sheet.merge_cells(merge)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def line(at: int, name: str, sex: str, birth: str, father: str, mother: str, carer: str, relation: str) -> list[str]:
    """Write one child the way this teacher does: a date as text, some digits full width, a stray blank."""
    own = number(birth, sex, at)
    own = wrong(own) if name == REFUSED else own
    own = own.translate(WIDE) if at % 2 else f"{own[:6]} {own[6:]}"
    day = f"{birth[:4]}.{int(birth[4:6])}.{int(birth[6:])}" if at % 3 else f"{birth[:4]}年{birth[4:6]}月{birth[6:]}日"
    away = "" if relation in ("父亲", "母亲") else "广东东莞"
    phones = [f"1380000{at:02}{place:02}" for place in range(3)]
    return [
        str(at), f" {name}" if at == 2 else name, sex, day, own, "是" if at % 2 else "否", father, phones[0], away,
        mother, phones[1].translate(WIDE), carer, relation, phones[2], "石桥镇河边村3组",
    ]  # fmt: skip
