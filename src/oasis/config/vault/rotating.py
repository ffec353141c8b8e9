"""A new master key and a new data key for a database in use: chunk by chunk, taken up again where it stopped.

First the data keys are wrapped by a new master key, then a new data key is made and every cell sealed with it. An old data
key is thrown away by a later run, a day after nothing needs it: a server that runs may still hold it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from oasis.kit import keys
from oasis.kit.dates import now
from oasis.kit.models import DataKey
from oasis.kit.refused import Refused
from oasis.kit.sealing import renewed, rewrite, sealed_fields, used_keys

Advance = Callable[[int, int, str], None]
KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Turned:
    """What a rotation did: the number of the new data key, rows read, old keys thrown away and still kept."""

    number: int
    rows: int
    dropped: int
    waiting: int


def sealed_tables() -> list[type[models.Model]]:
    """Give the tables that have a sealed column."""
    return [model for model in apps.get_models() if sealed_fields(model)]


def rotate(advance: Advance, *, finish: bool = False) -> Turned:
    """Change master and data key and seal everything anew; a run that was stopped is finished, not begun again.

    `finish` begins none: it ends what was begun and throws old keys away. Raises KeyLost, and Refused by `must_know_both`.
    """
    stopped = DataKey.objects.filter(retired_at__isnull=True).count() > 1
    waits = (
        not settings.OASIS_MASTER_KEY and keys.next_file().exists()
    )  # stopped between the master key and the data key
    if waits or not (stopped or finish):
        new_master()
    if not (stopped or finish):
        with transaction.atomic():
            number = DataKey.objects.select_for_update().latest("number").number + 1
            key = AESGCM.generate_key(256)
            DataKey.objects.create(number=number, wrapped=keys.wrapped(number, key, keys.masters()[0]))
    current = keys.reload(connection).current
    rows = seal_anew(advance)
    older = DataKey.objects.exclude(number=int(current))
    older.filter(retired_at__isnull=True).update(retired_at=now())
    dropped = forget()
    return Turned(int(current), rows, dropped, older.count())


def must_know_both(*, restarted: bool) -> None:
    """Raise Refused where the environment gives the master key and the running program may not know the new one yet."""
    if not settings.OASIS_MASTER_KEY:
        return
    if settings.OASIS_MASTER_KEY_OLD in ("", settings.OASIS_MASTER_KEY):
        raise Refused("no-old", "请把 OASIS_MASTER_KEY 设为新的值，OASIS_MASTER_KEY_OLD 设为原来的值")
    if not restarted:
        raise Refused(
            "not-restarted",
            "请先带着新旧两个主密钥重新启动绿洲（oasis up），再运行 oasis rotate-key --restarted；没有重新启动的程序会读不出内容",
        )


def new_master() -> None:
    """Wrap the data keys by a new master key: the one that waits in its file, or given by the environment beside the old one.

    Stopped at any point, both files are there and one of them opens every data key; the next run goes on with the same two.
    """
    with transaction.atomic():
        rows = list(DataKey.objects.select_for_update())
        master = settings.OASIS_MASTER_KEY or keys.next_master()
        for row in rows:
            row.wrapped = keys.wrapped(row.number, keys.unwrapped(row.number, row.wrapped), master)
            row.save(update_fields=["wrapped"])
    if not settings.OASIS_MASTER_KEY:
        _put_in_place()


def _put_in_place() -> None:
    """Let the new master key take the old one's place, once it opens every data key; another process may have done it."""
    with transaction.atomic():
        rows = list(DataKey.objects.select_for_update())
        if not keys.next_file().exists():
            return
        master = keys.next_master()
        if not all(keys.opened_by(master, row.number, row.wrapped) for row in rows):
            raise keys.KeyLost(f"{keys.next_file().name} does not open every data key")
        keys.put_in_place()


def seal_anew(advance: Advance) -> int:
    """Seal with the newest data key what an older one sealed, each chunk in a transaction; gives the rows read."""
    every, rows = sealed_tables(), 0
    for n, model in enumerate(every):
        advance(n, len(every), "重新加密")
        after, read = None, -1
        while read:
            with transaction.atomic():
                read, after = rewrite(connection, model, renewed(connection), after)
            rows += read
    advance(len(every), len(every), "重新加密")
    return rows


def forget() -> int:
    """Throw away data keys retired for a day that no cell needs; gives how many."""
    old = set(DataKey.objects.filter(retired_at__lt=now() - KEPT_FOR).values_list("number", flat=True))
    if not old:
        return 0
    with transaction.atomic():
        free = old - {int(number) for number in used_keys(connection, sealed_tables())}
        return DataKey.objects.filter(number__in=free).delete()[0]
