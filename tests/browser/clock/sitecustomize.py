"""Read by every Python of the program under the stories: its clock stands OASIS_TEST_AHEAD seconds before or behind ours."""

import os
import time

import time_machine

time_machine.travel(time.time() + float(os.environ["OASIS_TEST_AHEAD"]), tick=True).start()
