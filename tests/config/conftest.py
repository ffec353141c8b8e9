"""One village school for the tests of this folder, built once."""

import pytest

from tests.config.installation import Installation


@pytest.fixture(scope="session")
def village(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A village school with a year of records and one backup."""
    made = Installation(tmp_path_factory.mktemp("village"))
    made.lay()
    made.python("from oasis.config import demo; demo.build('village')")
    done = made("backup")
    assert done.returncode == 0, done.stdout + done.stderr
    return made
