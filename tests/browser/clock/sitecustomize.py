"""Read by every Python of the program under the stories: its clock stands OASIS_TEST_AHEAD seconds before or behind ours."""

import os
import sys
import time

sys.modules["pytest"] = None  # type: ignore[assignment]  time_machine would load it, and the program take itself for a test
import time_machine  # noqa: E402

del sys.modules["pytest"]
time_machine.travel(time.time() + float(os.environ["OASIS_TEST_AHEAD"]), tick=True).start()
