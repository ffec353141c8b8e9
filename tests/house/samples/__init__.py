"""Sample arguments for every route, so that the sweep walks all of them. A route without a sample fails the sweep.

Each entry: route name -> (function from the world to the route's arguments, who may see exactly this page).
Everybody of the cast who is not named gets 404. Use `nothing` for the arguments of a route that takes none.
A route's sample stands in the module of its room; a route twice is a mistake.
"""

from tests.house.samples import children, ledgers, organisation, papers, people, records, work
from tests.house.samples.cast import Samples

ROOMS = (people, children, records, work, organisation, ledgers, papers)
SAMPLES: Samples = {}
for _room in ROOMS:
    assert not SAMPLES.keys() & _room.SAMPLES.keys(), "a route has one sample"
    SAMPLES |= _room.SAMPLES
