"""The demo's helpers from outside: checked, what they did, thanked."""

from datetime import timedelta

from oasis.campus.models import Outsider, OutsiderDeed
from oasis.config.demo.sheets import Stage
from oasis.people.models import StaffCheck

HELPERS = (  # name, kind, unit, meets children, checked days ago, deeds (days ago, what, children, worth, thanks)
    ("鲁永福", "village", "青石桥村委会", True, 60, ((50, "陪老师上门家访，带路、说方言", 6, None, "校长打电话感谢"), (15, "帮三户老人装了电话", 3, None, ""))),
    ("柳溪镇派出所", "police", "", False, None, ((32, "法治课：怎样求助", 90, None, "送锦旗"),)),
    ("青河新华书店", "firm", "", False, None, ((70, "捐图书三百册", 90, 2600, "感谢信和孩子的画"),)),
    ("邬小满", "volunteer", "县师范学院", True, 30, ((22, "周末来教画画", 18, None, "志愿服务证明"), (8, "周末来教画画", 16, None, ""))),
    ("贺老师傅", "retired", "退休教师", True, None, ()),
)  # fmt: skip


def tell(stage: Stage) -> None:
    """Draw them."""
    keeper, admin = stage.staff["keeper"][0], stage.staff["administrator"][0]
    for name, kind, unit, meets, checked, deeds in HELPERS:
        row = Outsider(
            school=stage.school,
            by=keeper,
            name=name,
            kind=kind,
            unit=unit,
            meets=meets,
            from_on=stage.terms[0].starts_on,
        )
        stage.rows.add(row)
        if checked:
            stage.rows.add(
                StaffCheck(
                    school=stage.school,
                    outsider=name,
                    done_on=stage.on - timedelta(days=checked),
                    reference="青河县公安局",
                    by=admin,
                )
            )
        for ago, what, children, worth, thanks in deeds:
            on = stage.on - timedelta(days=ago)
            stage.rows.add(
                OutsiderDeed(
                    school=stage.school, by=keeper, outsider=row, on=on, what=what, children=children, worth=worth, thanks=thanks,
                    thanked_on=min(stage.on, on + timedelta(days=5)) if thanks else None,
                )
            )  # fmt: skip
