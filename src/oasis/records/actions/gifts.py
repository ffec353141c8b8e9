"""Goods handed to children leave a line in each child's file (peers.md c8)."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from oasis.campus.actions import goods as store
from oasis.campus.models import Movement
from oasis.children.models import Child
from oasis.kit.ids import new_id
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.records.actions.writing import write_record


def hand_out(
    scope: Scope, *, id: UUID, goods: UUID, children: Sequence[UUID], each: int, occasion: str, words: str = ""
) -> Movement:
    """Hand goods out once: the store, the list to sign, and a line on every child's timeline."""
    with transaction.atomic():
        if (made := store.made_already(scope, id)) is not None:
            return made
        row = store.hand_out(scope, id=id, goods=goods, children=children, each=each, occasion=occasion, words=words)
        fields = {
            "happened_on": row.on, "occasion": occasion, "what": f"{row.goods.name}{each}{row.goods.unit}", "source": "store",
            "summary": words,
        }  # fmt: skip
        given = [Child(pk=pk) for pk in dict.fromkeys(children)]
        write_record(scope, id=new_id(), kind="gift", children=given, fields=fields, need=Need.STOCK)
    return row
