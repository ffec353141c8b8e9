"""The program's settings with one more route, for the floor."""

from oasis.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
