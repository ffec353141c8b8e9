"""Sample arguments of records, reports, alerts and hand-overs."""

from typing import Any

from oasis.kit.ids import new_id
from oasis.people.roles import Need
from oasis.records.actions import write_record
from oasis.records.handover.actions import offer
from oasis.records.kinds import KINDS
from oasis.records.models import HandOver
from oasis.records.reporting.queries import named_in
from oasis.records.reporting.queries import own as own_reports
from oasis.records.reporting.starting import start as start_report
from tests.house.samples.cast import LEADERS, READERS, RECORDERS, STAFF, TOLD, Samples, lin, lin_and, nothing
from tests.world import TODAY, World


def lin_offered(world: World) -> dict[str, Any]:
    """Lin on her way to the next school, as that school's principal sees it."""
    to = world.schools["柳溪"]
    if not HandOver.objects.within(world.scope("feng"), Need.LAW).filter(outgoing=False).exists():  # asked for twice
        offer(world.scope("li"), world.children["lin"], to=to, on=TODAY, told="当面告知父亲")
    return {"pk": HandOver.objects.within(world.scope("feng"), Need.LAW).get(outgoing=False).pk}


def talk(world: World) -> dict[str, Any]:
    """The kind talk."""
    return {"kind": "talk"}


def family_call(world: World) -> dict[str, Any]:
    """The kind family-call."""
    return {"kind": "family-call"}


def call_lin(world: World) -> dict[str, Any]:
    """A call for lin."""
    return {"kind": "family-call", "pk": world.children["lin"].pk}


def of_sun(world: World, **more: str) -> dict[str, Any]:
    """A record that sun wrote about lin."""
    fields = {"happened_on": str(TODAY), **KINDS.get("talk").sample, **more}
    rows = write_record(world.scope("sun"), id=new_id(), kind="talk", children=[world.children["lin"]], fields=fields)
    return {"pk": rows[0].pk}


def sealed_of_sun(world: World) -> dict[str, Any]:
    """A confidential record that sun wrote about lin."""
    return of_sun(world, confidential="on")


def report_of_shen(world: World) -> dict[str, Any]:
    """A mandatory report that shen, a subject teacher, started about lin; the principal is suspected of nothing."""
    fields = {
        "child_name": "林晓晓", "child_class": "三（1）班", "situations": ["body"], "seen": "手臂上有几处新伤。",
        "found_at": "2026-11-23T09:00", "found_how": "seen", "staffed": "no",
    }  # fmt: skip
    school = world.schools["青河县"].pk
    return {"pk": start_report(world.scope("shen"), id=new_id(), school=school, fields=fields).pk}


def named_of_report(world: World) -> dict[str, Any]:
    """The principal's place among the named people of that report."""
    pk = report_of_shen(world)["pk"]
    report = own_reports(world.scope("shen")).get(pk=pk)
    return {"pk": pk, "named": next(one.pk for one in named_in(report) if one.user_id == world.users["li"].pk)}


SAMPLES: Samples = {
    "calls": (nothing, RECORDERS),
    "call": (call_lin, frozenset({"sun", "zhao", "li", "wu", "xu"})),
    "record": (nothing, RECORDERS),
    "record-new": (talk, RECORDERS),
    "record-children": (talk, RECORDERS),
    "record-numbers": (family_call, RECORDERS),
    "record-mine": (nothing, RECORDERS),
    "record-show": (of_sun, frozenset({"sun", "zhao", "li", "wu", "xu"})),
    "record-open": (sealed_of_sun, frozenset({"sun", "li", "wu", "xu"})),
    "record-correct": (of_sun, frozenset({"sun", "zhao", "li", "wu"})),
    "record-undo": (of_sun, frozenset({"sun", "zhao", "li", "wu", "xu"})),
    "record-out": (of_sun, frozenset({"sun", "zhao", "li", "wu"})),
    "reports": (nothing, STAFF),
    "report-new": (nothing, STAFF),
    "report-show": (report_of_shen, TOLD | {"wei"}),
    "report-open": (report_of_shen, TOLD),
    "report-correct": (report_of_shen, TOLD),
    "report-records": (report_of_shen, TOLD),
    "report-child": (report_of_shen, TOLD),
    "report-print": (report_of_shen, TOLD),
    "report-step": (lambda world: report_of_shen(world) | {"step": "police"}, TOLD),
    "report-people": (report_of_shen, TOLD),
    "report-person-out": (named_of_report, TOLD),
    "report-close": (report_of_shen, TOLD),
    "settings-reports": (nothing, frozenset({"wang", "li", "wu", "feng"})),
    "concern": (nothing, frozenset({"shen"})),
    "handovers": (nothing, LEADERS | {"feng"}),
    "child-handover": (lin, LEADERS),
    "handover": (lin_offered, frozenset({"feng"})),
    "handover-act": (lambda world: lin_offered(world) | {"what": "file"}, frozenset({"feng"})),
    "alerts": (nothing, frozenset({"zhao", "qian", "sun", "li", "wu", "feng", "chen", "xu"})),
    "alert": (lin_and(code="quiet"), READERS),
    "settings-alerts": (nothing, frozenset({"wang", "li", "wu", "feng"})),
}
