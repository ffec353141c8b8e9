"""The end of the trail stands outside the database too: taking the newest lines away shows."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from oasis.papers import audit
from oasis.people import heads, trail
from oasis.people.models import Trail
from tests.world import World


@pytest.fixture
def kept(world: World, settings: Any, tmp_path: Path) -> Path:
    settings.OASIS_HEADS = tmp_path / "heads"
    heads._kept.clear()
    for n in range(5):
        trail.note(world.scope("zhao"), "child.look", school=world.schools["青河县"].pk, detail=str(n))
    heads.keep(world.schools["青河县"].pk)
    return settings.OASIS_HEADS


def keep_now(world: World) -> None:
    """As after a minute."""
    heads._kept.clear()
    heads.keep(world.schools["青河县"].pk)


def lines(world: World) -> Any:
    return Trail.objects.everywhere(why="an attacker").filter(school_key=world.schools["青河县"].pk)


def test_a_chain_that_only_grew_bears_its_head_out(world: World, kept: Path) -> None:
    trail.note(world.scope("zhao"), "child.look", school=world.schools["青河县"].pk)
    assert list(heads.lost()) == []


def test_the_newest_lines_taken_away_show_though_the_rest_holds(world: World, kept: Path) -> None:
    lines(world).filter(seq__gt=3).delete()
    assert list(trail.broken(lines(world))) == []
    assert "最新的痕迹被删改过" in next(iter(heads.lost())).words


def test_new_lines_in_their_place_do_not_hide_it_nor_does_a_later_head(world: World, kept: Path) -> None:
    lines(world).filter(seq__gt=3).delete()
    for _ in range(2):
        trail.note(world.scope("qian"), "child.look", school=world.schools["青河县"].pk)
        keep_now(world)
    assert list(trail.broken(lines(world))) == []
    (gone,) = heads.lost()
    assert gone.key == world.schools["青河县"].pk
    assert '"seq": 5' in (kept / f"{gone.key}.head").read_text(), "the new head is kept as well"


def test_a_loss_shows_after_the_next_backups_too(world: World, kept: Path, tmp_path: Path) -> None:
    beside = tmp_path / heads.BESIDE
    heads.keep_all(beside)
    lines(world).filter(seq=5).delete()
    next(kept.glob("*.head")).unlink()
    for _ in range(2):
        heads.keep_all(beside)
    assert len(list(heads.lost(beside))) == 1


def test_the_audit_says_that_newest_lines_are_missing(world: World, kept: Path) -> None:
    school = world.schools["青河县"]
    scope = world.scope("li")
    assert "的一致" in audit._chain(audit.year_of(scope, school, scope.on.year))
    lines(world).filter(seq=5).delete()
    keep_now(world)
    assert "不一致" in audit._chain(audit.year_of(scope, school, scope.on.year))


def test_the_demo_takes_the_heads_put_aside_with_it(world: World, kept: Path, settings: Any, tmp_path: Path) -> None:
    settings.OASIS_BACKUPS = tmp_path
    heads.keep_all(tmp_path / heads.BESIDE)
    lines(world).filter(seq=5).delete()
    keep_now(world)
    heads.keep_all(tmp_path / heads.BESIDE)
    lines(world).delete()
    heads.forget({world.schools["青河县"].pk})
    assert list(heads.lost(tmp_path / heads.BESIDE)) == []


def test_a_head_that_cannot_be_written_ends_no_act_and_is_tried_again(
    world: World, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    heads._kept.clear()
    (tmp_path / "file").touch()
    settings.OASIS_HEADS = tmp_path / "file" / "heads"
    key = world.schools["青河县"].pk
    with django_capture_on_commit_callbacks(execute=True):
        trail.note(world.scope("zhao"), "child.look", school=key)
    assert key not in heads._kept
    settings.OASIS_HEADS = tmp_path / "heads"
    heads.keep(key)
    assert [path.name for path in (tmp_path / "heads").iterdir()] == [f"{key}.head"]


def test_many_threads_put_one_file_in_place_whole(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: heads._write(tmp_path / "a.head", str(n) * 9), range(80)))
    assert len(set((tmp_path / "a.head").read_text().strip())) <= 2
    assert [path.name for path in tmp_path.iterdir()] == ["a.head"]


def test_a_head_written_by_somebody_else_is_not_believed(world: World, kept: Path) -> None:
    path = next(kept.glob("*.head"))
    path.write_text(path.read_text().replace('"seq": 5', '"seq": 3'))
    assert "签名不对" in next(iter(heads.lost())).words
    path.write_text("nonsense")
    assert "读不出来" in next(iter(heads.lost())).words


def test_heads_beside_a_backup_are_compared_too(world: World, kept: Path, tmp_path: Path) -> None:
    heads.keep_all(tmp_path / "trail.heads")
    next(kept.glob("*.head")).unlink()
    assert list(heads.lost(tmp_path / "trail.heads")) == []
    lines(world).filter(seq=5).delete()
    assert len(list(heads.lost(tmp_path / "trail.heads"))) == 1


def test_a_head_is_kept_at_most_once_a_minute_and_readable_by_its_owner_only(world: World, kept: Path) -> None:
    path = next(kept.glob("*.head"))
    before = path.stat().st_mtime_ns
    heads.keep(world.schools["青河县"].pk)
    assert path.stat().st_mtime_ns == before
    assert path.stat().st_mode & 0o077 == 0


def test_many_children_of_one_act_are_each_found(world: World) -> None:
    ids = [world.children[key].pk for key in ("lin", "chenhao", "yang")]
    trail.note_many(
        world.scope("zhao"), "record.write", school=world.schools["青河县"].pk, children=ids, detail="talk 3"
    )
    assert [lines(world).filter(child=pk).count() for pk in ids] == [1, 1, 1]
    assert list(trail.broken(lines(world))) == []
    assert trail.note_many(world.scope("zhao"), "record.write", school=None, children=[]) == []
