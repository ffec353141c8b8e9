"""A program with a data folder of its own, for the tests that install, back up and look at raw files."""

import os
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"


class Installation:
    """A program with a data folder of its own."""

    def __init__(self, home: Path, **more: str) -> None:
        self.home = home
        self.environment = {**os.environ, "OASIS_HOME": str(home), "PYTHONPATH": str(SOURCE), "COLUMNS": "300"} | more
        if "DATABASE_URL" not in more:
            self.environment.pop("DATABASE_URL", None)

    def __call__(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.run("oasis.config.cli", *words)

    def run(self, module: str, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", module, *words]
        return subprocess.run(
            command, env=self.environment, capture_output=True, encoding="utf-8", check=False, timeout=900
        )

    def python(self, code: str) -> str:
        """Run a few lines inside the program and give what they print."""
        environment = self.environment | {"DJANGO_SETTINGS_MODULE": "oasis.config.settings"}
        code = f"import django; django.setup()\n{code}"
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def lay(self) -> None:
        """Make the tables."""
        self.python("from oasis.config.laying import lay; lay()")
