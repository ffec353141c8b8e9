"""How fast and how heavy an import is, beside the least it could cost: python bench/intake.py [rows].

Three processes one after the other on a fresh database (DATABASE_URL, or SQLite in a temporary folder): the import, then
two floors of the same file. Floor 1: calamine reads the sheet and executemany/COPY writes its 30 columns into a bare
table. Floor 2: calamine reads it and executemany/COPY writes the very rows that the import committed, table by table.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
ROOT = Path(__file__).resolve().parents[1]
HEADS = [
    "序号",
    "姓名",
    "性别",
    "民族",
    "出生日期",
    "身份证号",
    "学籍号",
    "班内学号",
    "年级",
    "班级",
    "是否寄宿",
    "健康状况",
    "户口性质",
    "户籍所在地",
    "现住址",
    "村",
    "上下学方式",
    "上学距离",
    "是否独生子女",
    "留守类型",
    "父亲姓名",
    "父亲务工地",
    "父亲电话",
    "母亲姓名",
    "母亲务工地",
    "母亲电话",
    "监护人姓名",
    "监护人与学生关系",
    "监护人电话",
    "备注",
]


def made_file(path: Path) -> None:
    """Write the roster: names, numbers and phones all different, as in life; classes and villages repeat."""
    import xlsxwriter

    sys.path.insert(0, str(ROOT / "src"))
    from oasis.kit.idcard import check_digit

    rng = random.Random(7)
    sur, given = (
        "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张",
        "文明小国建华丽秀芳志强春夏雨雪晓静子轩涵一诺可欣浩然宇航梓思",
    )
    name = lambda: rng.choice(sur) + rng.choice(given) + rng.choice(given)  # noqa: E731
    with xlsxwriter.Workbook(path, {"in_memory": True}) as book:
        sheet = book.add_worksheet("全校")
        sheet.write_row(0, 0, HEADS)
        for at in range(ROWS):
            grade = at % 6 + 1
            born = f"{2020 - grade - 1}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
            serial = f"{at % 100:02d}{rng.choice('1357') if at % 2 else rng.choice('2468')}"
            first = f"99{at // 100 % 10_000:04d}{born}{serial}"
            number = first + check_digit(first)
            phones = [f"199{at * 3 + k:08d}" for k in range(3)]
            sheet.write_row(at + 1, 0, [
                at + 1, name(), "男" if at % 2 else "女", "汉族", f"{born[:4]}-{born[4:6]}-{born[6:]}", number, "G" + number, at % 50 + 1,
                f"{'一二三四五六'[grade - 1]}年级", f"{at // 6 % max(1, min(40, ROWS // 270)) + 1}班", "住校" if at % 3 else "走读", "健康或良好", "农业", "柳树乡", f"柳树村{at % 20}组{at}号",
                f"柳树{at % 40}村", "步行", f"{at % 9 + 1}公里", "否", ["双亲留守儿童", "单亲留守儿童", "非留守儿童"][at % 3],
                name(), "浙江省宁波市", phones[0], name(), "江苏省苏州市", phones[1], name(), "奶奶", phones[2], "",
            ])  # fmt: skip


def setup() -> None:
    sys.path.insert(0, str(ROOT / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oasis.config.settings")
    import django

    django.setup()


def cpu() -> float:
    """Give the processor seconds of this process and of those it has waited for: steadier than the clock on a busy machine."""
    return sum(
        getattr(resource.getrusage(who), part)
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        for part in ("ru_utime", "ru_stime")
    )


def told(**figures: object) -> None:
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    reader = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(json.dumps(figures | {"peak_mb": own, "reader_mb": reader}))


def run_import(path: Path) -> None:
    setup()
    from oasis.children.access import scope_of
    from oasis.config.laying import lay
    from oasis.intake import actions, commit
    from oasis.kit.bulk import frugal
    from oasis.kit.dates import today
    from oasis.people.models import Post, User
    from oasis.places.models import School

    lay()
    school = School.objects.create(name="速度小学", demo=True)
    user = User.objects.create_user("bench", "bench-bench-bench", name="测")
    Post.objects.create(user=user, role="principal", school=school, from_on=today())
    scope = scope_of(user, today())
    data = path.read_bytes()
    other = subprocess.Popen(
        [sys.executable, __file__, str(ROWS), "other", str(school.pk)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    other.stdout.readline()  # type: ignore[union-attr]
    marks, used = [time.perf_counter()], cpu()
    batch = actions.receive(scope, name="bench.xlsx", data=data)
    marks.append(time.perf_counter())
    with frugal():
        batch = actions.preview(scope, batch)
        marks.append(time.perf_counter())
        batch = commit.commit(scope, batch)
    marks.append(time.perf_counter())
    used = cpu() - used
    other.terminate()
    waited = float(other.communicate()[0].split()[-1])
    told(
        total=marks[3] - marks[0],
        read=marks[1] - marks[0],
        preview=marks[2] - marks[1],
        commit=marks[3] - marks[2],
        new=batch.counts["new"],
        waited=waited,
        cpu=used,
    )


def run_other(school: str) -> None:
    """Be another user: write one row ten times a second and tell the longest wait."""
    import signal

    setup()
    from oasis.places.models import School

    waits = [0.0]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(print(max(waits))))
    print("ready", flush=True)
    while True:
        began = time.perf_counter()
        School.objects.filter(pk=school).update(address=str(began))
        waits.append(time.perf_counter() - began)
        time.sleep(0.1)


def read_sheet(path: Path) -> list[list[object]]:
    import python_calamine

    workbook = python_calamine.CalamineWorkbook.from_path(path)
    return list(workbook.get_sheet_by_index(0).iter_rows())[1:]


def run_floor(path: Path, same_rows: bool) -> None:
    """Read with calamine, then write the sheet's own columns, or the rows the import made, with executemany or COPY."""
    setup()
    from django.db import connection

    tables: dict[str, list[tuple[object, ...]]] = {}
    if same_rows:
        for table in ("child", "enrolment", "childstatus", "person", "tie", "phone", "away", "hardship"):
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT * FROM children_{table}")
                tables[f"children_{table}"] = cursor.fetchall()
        empty()
    began, used = time.perf_counter(), cpu()
    rows = read_sheet(path)
    read = time.perf_counter() - began
    if not same_rows:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE bench_flat (" + ", ".join(f"c{n} text" for n in range(len(HEADS))) + ")")
        tables = {"bench_flat": [tuple(str(cell) for cell in row) for row in rows]}
    began = time.perf_counter()
    for table, kept in tables.items():
        for start in range(0, len(kept), 2_000):
            write(table, kept[start : start + 2_000])
    told(cpu=cpu() - used, total=read + time.perf_counter() - began, read=read, rows=sum(map(len, tables.values())))


def empty() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for table in ("away", "phone", "tie", "hardship", "childstatus", "enrolment", "change", "person", "child"):
            cursor.execute(f"DELETE FROM children_{table}")


def write(table: str, rows: list[tuple[object, ...]]) -> None:
    from django.db import connection, transaction

    if not rows:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.executemany(f"INSERT INTO {table} VALUES ({', '.join(['%s'] * len(rows[0]))})", rows)


def part(name: str, path: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, __file__, str(ROWS), name, str(path)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ["OASIS_HOME"] = home
        path = Path(os.environ.get("BENCH_FILE", f"{home}/roster.xlsx"))
        if not path.exists():  # in a process of its own: what it holds would count as the import's peak
            subprocess.run([sys.executable, __file__, str(ROWS), "file", str(path)], check=True)
        ours = part("import", path)
        rows = part("rows", path)
        flat = part("flat", path)
        print(f"{ROWS} rows x {len(HEADS)} columns, {path.stat().st_size / 1e6:.1f} MB")
        print(
            f"import: {ours['total']:.2f} s (read {ours['read']:.2f}, preview {ours['preview']:.2f}, commit {ours['commit']:.2f}), {ROWS / ours['total']:.0f} rows/s"
        )
        print(f"peak memory: server {ours['peak_mb']} MB, reader {ours['reader_mb']} MB")
        print(f"another user's write waited at most {ours['waited']:.2f} s")
        print(
            f"floor, the same committed rows ({rows['rows']}): {rows['total']:.2f} s -> ratio {ours['total'] / rows['total']:.2f}, in processor time {ours['cpu']:.1f} / {rows['cpu']:.1f} = {ours['cpu'] / rows['cpu']:.2f}"
        )
        print(f"floor, one bare table: {flat['total']:.2f} s -> ratio {ours['total'] / flat['total']:.2f}")


if __name__ == "__main__":
    match sys.argv[2:]:
        case ["file", where]:
            made_file(Path(where))
        case ["import", where]:
            run_import(Path(where))
        case ["other", school]:
            run_other(school)
        case ["rows", where]:
            run_floor(Path(where), same_rows=True)
        case ["flat", where]:
            run_floor(Path(where), same_rows=False)
        case _:
            main()
