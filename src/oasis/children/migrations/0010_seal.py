"""Seal what the sealed columns hold and hash what is searched; taken back, it stands there in clear again."""

from django.db import migrations

from oasis.kit.sealing import open_all, seal_all
from oasis.kit.secrets import keyed_hash

CHUNK = 1000


def rewrite(connection, read, write, made):
    """Fill columns of a table from another one, in chunks by key."""
    with connection.cursor() as cursor:
        cursor.execute(f"{read} ORDER BY id LIMIT {CHUNK}")
        rows = cursor.fetchall()
        while rows:
            cursor.executemany(write, [(*made(value), pk) for pk, value in rows])
            cursor.execute(f"{read} AND id > %s ORDER BY id LIMIT {CHUNK}", [rows[-1][0]])
            rows = cursor.fetchall()


def hash_all(apps, schema_editor):
    rewrite(
        schema_editor.connection,
        "SELECT id, id_tail FROM children_child WHERE id_tail <> ''",
        "UPDATE children_child SET id_tail = %s WHERE id = %s",
        lambda tail: [keyed_hash(tail, purpose="id-tail")],
    )
    rewrite(
        schema_editor.connection,
        "SELECT id, number FROM children_phone WHERE number <> ''",
        "UPDATE children_phone SET number_hash = %s, tail_hash = %s WHERE id = %s",
        lambda number: [keyed_hash(number, purpose="phone"), keyed_hash(number[-4:], purpose="phone-tail")],
    )


def forget_hashes(apps, schema_editor):
    rewrite(
        schema_editor.connection,
        "SELECT id, id_number FROM children_child WHERE id_tail <> ''",
        "UPDATE children_child SET id_tail = %s WHERE id = %s",
        lambda number: [number[-4:]],
    )


class Migration(migrations.Migration):
    dependencies = [("kit", "0001_data_key"), ("children", "0009_sealed_columns")]

    operations = [
        migrations.RunPython(hash_all, migrations.RunPython.noop),
        migrations.RunPython(migrations.RunPython.noop, forget_hashes),
        migrations.RunPython(seal_all("children"), open_all("children")),
    ]
