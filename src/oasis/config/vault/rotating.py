"""A new master key and a new data key for a database in use: chunk by chunk, taken up again where it stopped.

First the data keys are wrapped by a new master key, then a new data key is made and every cell sealed with it. An old data
key is thrown away by a later run, a day after nothing needs it: a server that runs may still hold it.
"""

import os
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

    `finish` begins none: it ends what was begun and throws old keys away.
    """
    stopped = DataKey.objects.filter(retired_at__isnull=True).count() > 1
    if not (stopped or finish):
        new_master()
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


def new_master() -> None:
    """Wrap the data keys by a new master key: made into the file, or given by the environment beside the old one."""
    if not settings.OASIS_MASTER_KEY:
        keys.write_private(keys.next_file(), keys.new_master())
    master = settings.OASIS_MASTER_KEY or keys.next_file().read_text().strip()
    with transaction.atomic():
        for row in DataKey.objects.select_for_update():
            row.wrapped = keys.wrapped(row.number, keys.unwrapped(row.number, row.wrapped), master)
            row.save(update_fields=["wrapped"])
    if not settings.OASIS_MASTER_KEY:  # stopped before this, both files are there and either opens
        os.replace(keys.next_file(), keys.master_file())


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
