"""Children on their way from and to the demo's school: a sealed package that waits, and hand-overs of terms long gone."""

from datetime import date, datetime, time, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from oasis.config.demo import names
from oasis.config.demo.families import demo_id
from oasis.config.demo.sheets import Stage
from oasis.kit import envelope
from oasis.kit.dates import CHINA
from oasis.kit.ids import new_id
from oasis.records.handover.actions import keys
from oasis.records.handover.packing import FORM
from oasis.records.models import HandOver

FROM = "临江县实验小学（演示）"
PAST = (
    (70, "谈心", "说爸爸妈妈在县城租了房子，下学期可能要转学，有点舍不得同学。"),
    (46, "家访", "家里只有奶奶和孩子，作业在堂屋的小桌上写，灯光够亮。奶奶说晚上九点前睡。"),
    (31, "监护人联系", "奶奶说孩子这几天咳嗽，已经看过村医，吃药三天。"),
    (12, "亲情通话", "和父亲视频十分钟，父亲答应周末来接。"),
)


def tell(stage: Stage) -> None:
    """Put one package before the leaders, as another installation would have sealed it."""
    sender = envelope.Keys(X25519PrivateKey.generate(), Ed25519PrivateKey.generate())
    on, package = stage.on - timedelta(days=3), new_id()
    letter = {"package": str(package), "from": FROM, "on": str(on), "file": _file(stage)}
    stage.rows.add(
        HandOver(
            school=stage.school, outgoing=False, way=HandOver.Way.OUTSIDE, state=HandOver.State.WAITING, package=package, other=FROM, on=on,
            card=sender.card.text, sealed=envelope.seal(letter, to=keys().card, keys=sender), by=stage.staff["dean"][0],
        )
    )  # fmt: skip


def tell_past(stage: Stage) -> None:
    """Keep the proofs of two children who came and went; their files went with them or are at an end by now."""
    first, now = stage.terms[0], stage.terms[2]
    for outgoing, other, on, told in (
        (False, FROM, first.starts_on + timedelta(days=9), ""),
        (True, "东港市育才小学（演示）", now.starts_on - timedelta(days=4), "电话告知母亲，母亲同意档案随孩子走"),
    ):
        stage.rows.add(
            HandOver(
                school=stage.school, outgoing=outgoing, way=HandOver.Way.OUTSIDE, state=HandOver.State.ACCEPTED, other=other, told=told,
                on=on, at=datetime.combine(on, time(10), CHINA), by=stage.staff["dean"][0],
            )
        )  # fmt: skip


def _file(stage: Stage) -> dict[str, Any]:
    born = date(stage.on.year - 9, 4, 17)
    child = {
        "name": "骆小禾", "sex": "2", "birth_on": str(born), "ethnic": "01", "id_number": demo_id(born, "2", stage.next_serial()),
        "left_behind": 2, "care": "grandparents", "address": "临江县沙湾镇江北村二组", "registered": True, "interests": "画画、跳绳",
    }  # fmt: skip
    since = str(stage.on.replace(day=1) - timedelta(days=500))
    return {
        "form": FORM, "child": child, "hardships": [], "risk": [], "care": [],
        "family": [
            _member(stage, "骆桂兰", "2", "62", "entrusted", lives_with=True, carer=True, call_order=1),
            _member(stage, "骆建平", "1", "51", "legal", call_order=2, away={"since_on": since, "province": "浙江省", "city": "宁波市", "work": "装修"}),
            _member(stage, "何小芹", "2", "52", "legal", call_order=3, away={"since_on": since, "province": "浙江省", "city": "宁波市", "work": "服装厂"}),
        ],
        "past": [
            {"on": str(stage.on - timedelta(days=days)), "title": title, "text": text, "by": "温老师"} for days, title, text in PAST
        ],
    }  # fmt: skip


def _member(
    stage: Stage, name: str, sex: str, relation: str, standing: str, away: dict[str, str] | None = None, **tie: object
) -> dict[str, Any]:
    return {
        "person": {"name": name, "sex": sex}, "tie": {"relation": relation, "standing": standing, **tie},
        "phones": [{"number": names.phone(stage.next_serial())}], "away": away,
    }  # fmt: skip
