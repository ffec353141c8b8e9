"""The written answer to what a guardian asked, as a letter (未成年人网络保护条例 34)."""

from django.db import transaction

from oasis.children.models import Petition
from oasis.kit.dates import zh_full
from oasis.kit.refused import Refused
from oasis.papers.official.shape import OfficialText
from oasis.papers.official.writing import docx_bytes
from oasis.papers.plaintext import file_name
from oasis.papers.shape import Export
from oasis.people import trail
from oasis.people.scope import Scope


def letter(scope: Scope, *, petition: Petition) -> Export:
    """Give the written answer to a guardian as .docx."""
    refused = petition.state == Petition.State.REFUSED
    if petition.state == Petition.State.OPEN or petition.answered_on is None:
        raise Refused("open", "还没有答复，先写明答复再打印")
    verdict = "经研究，不同意您的申请，理由如下：" if refused else "经办理，答复如下："
    text = OfficialText(
        title="关于个人信息申请的答复",
        addressee=f"{petition.guardian_name}家长",
        foreword=(
            f"您于{zh_full(petition.received_on)}提出的关于孩子{petition.child.name}个人信息的申请（{petition.get_wish_display()}）收悉。{verdict}",
            petition.answer,
            "对本答复有异议的，可以向学校儿童个人信息保护负责人提出，也可以向教育局、网信部门反映或依法起诉。",
        ),
        signature=petition.child.school.name, signed_on=petition.answered_on,
    )  # fmt: skip
    with transaction.atomic():
        trail.note(
            scope, "export.petition", school=petition.school_id, child=petition.child_id, subject=str(petition.pk),
            detail="letter",
        )  # fmt: skip
    media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return Export(file_name("给家长的答复", f"{petition.answered_on:%Y%m%d}", ending="docx"), media, docx_bytes(text))
