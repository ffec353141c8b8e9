"""Static files carry their version in the address and may be kept for years."""

from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.test import Client

from oasis.config.fixed import WHOLE, version_of


def test_the_version_follows_what_stands_in_the_files(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a{}")
    first = version_of(tmp_path)
    assert version_of(tmp_path) == first
    (tmp_path / "a.css").write_text("b{}")
    second = version_of(tmp_path)
    (tmp_path / "font.ttf").write_bytes(bytes(WHOLE + 1))
    assert len({first, second, version_of(tmp_path)}) == 3
    assert first.isalnum()


def test_a_file_is_kept_for_years_and_an_old_version_is_gone() -> None:
    address = static("desk/app.css")
    assert settings.STATIC_VERSION in address
    answer = Client().get(address)
    assert answer.status_code == 200
    assert "immutable" in answer["Cache-Control"]
    assert Client().get("/static/000000000000/desk/app.css").status_code == 404
