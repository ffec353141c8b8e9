"""The program under the stories is the program, only on another day."""

import os
import subprocess
import sys
from pathlib import Path

from tests.browser.conftest import DAY, clock

ASKED = "import django; django.setup(); from django.conf import settings; from oasis.kit.dates import today; print(settings.TESTING, today())"


def test_it_lives_on_its_day_and_does_not_take_itself_for_a_test(tmp_path: Path) -> None:
    environment = os.environ | clock() | {"OASIS_HOME": str(tmp_path)}
    told = subprocess.run(
        [sys.executable, "-c", ASKED], env=environment, capture_output=True, encoding="utf-8", check=True
    )
    assert told.stdout.split() == ["False", DAY.date().isoformat()]
