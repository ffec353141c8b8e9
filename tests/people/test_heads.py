"""The end of the trail stands outside the database too: taking the newest lines away shows."""

from pathlib import Path
from typing import Any

import pytest

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


def lines(world: World) -> Any:
    return Trail.objects.everywhere(why="an attacker").filter(school_key=world.schools["青河县"].pk)


def test_a_chain_that_only_grew_bears_its_head_out(world: World, kept: Path) -> None:
    trail.note(world.scope("zhao"), "child.look", school=world.schools["青河县"].pk)
    assert list(heads.lost()) == []


def test_the_newest_lines_taken_away_show_though_the_rest_holds(world: World, kept: Path) -> None:
    lines(world).filter(seq__gt=3).delete()
    assert list(trail.broken(lines(world))) == []
    assert "最新的痕迹被删改过" in next(iter(heads.lost())).words


def test_new_lines_in_their_place_do_not_hide_it(world: World, kept: Path) -> None:
    lines(world).filter(seq__gt=3).delete()
    for _ in range(4):
        trail.note(world.scope("qian"), "child.look", school=world.schools["青河县"].pk)
    assert list(trail.broken(lines(world))) == []
    assert len(list(heads.lost())) == 1


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
