"""Sample arguments of papers, letters, meetings, figures and rosters."""

from datetime import timedelta
from typing import Any

from oasis.campus.actions.letters import write_letter
from oasis.campus.actions.meetings import plan_meeting
from oasis.campus.models import Letter, LetterCopy, ParentMeeting, ParentSeat
from oasis.intake import actions as intake
from oasis.papers.bureau import excel_file
from oasis.papers.bureau.guessing import guess
from oasis.papers.bureau.ties import packed, ties_of
from oasis.papers.models import Dossier, Paragraph, Template, TemplateFile
from oasis.papers.places import place_of
from oasis.papers.summary.drafting import begin
from oasis.people.roles import Need
from tests.house.samples.cast import LEADERS, SETTERS, WRITERS, Samples, lin, nothing
from tests.papers.forms import plain_book
from tests.world import TODAY, World


def roster(world: World) -> dict[str, Any]:
    """The roster."""
    return {"paper": "roster"}


def form_of_lin(world: World) -> dict[str, Any]:
    """The registration form of lin."""
    return {"pk": world.children["lin"].pk, "paper": "registration"}


def summary(world: World) -> dict[str, Any]:
    """The work summary of class 3(1), begun by its teacher."""
    klass = world.klasses["三1"]
    place = place_of(klass.school, klass, TODAY)
    return {"pk": begin(world.scope("zhao"), place=place, period="t2026-1").pk}


def foreword(world: World) -> dict[str, Any]:
    """The first paragraph of that summary."""
    rows = Paragraph.objects.within(world.scope("zhao"), Need.SUMMARY)
    return {"pk": rows.get(draft_id=summary(world)["pk"], key="foreword").pk}


def term(world: World) -> dict[str, Any]:
    """The present term."""
    return {"pk": world.terms["青河县"].pk}


def figure(world: World) -> dict[str, Any]:
    """A number of the statistics."""
    return {"code": "left"}


def roster_of_li(world: World) -> dict[str, Any]:
    """A roster that the principal sent in."""
    data = "姓名,班级\n周一飞,三1\n".encode()
    batch = intake.preview(world.scope("li"), intake.receive(world.scope("li"), name="名册.csv", data=data))
    return {"pk": batch.pk}


def letter_of_school(world: World) -> dict[str, Any]:
    """The letter to parents of the school at the term's end."""
    made = Letter.objects.everywhere(why="a sample").first() or write_letter(
        world.scope("li"), term=world.terms["青河县"], part="term-end", title="致家长的一封信", text="您好\n谢谢", issued_on=TODAY,
        send_by=TODAY + timedelta(days=5), reply_by=TODAY + timedelta(days=9),
    )  # fmt: skip
    return {"pk": made.pk}


def letter_of_31(world: World) -> dict[str, Any]:
    """That letter in class 3(1)."""
    return letter_of_school(world) | {"klass": world.klasses["三1"].pk}


def letter_to_lin(world: World) -> dict[str, Any]:
    """That letter to the home of lin."""
    rows = LetterCopy.objects.everywhere(why="a sample").filter(letter=letter_of_school(world)["pk"])
    return {"pk": rows.get(child=world.children["lin"]).pk}


def lin_of_letter(world: World) -> dict[str, Any]:
    """lin, to whom a letter goes."""
    letter_of_school(world)
    return lin(world)


def meeting_of_31(world: World) -> dict[str, Any]:
    """A meeting of parents of class 3(1), signed in."""
    rows = ParentMeeting.objects.everywhere(why="a sample")
    made = rows.first() or plan_meeting(
        world.scope("zhao"), school=world.schools["青河县"], klass=world.klasses["三1"], kind="meeting", topic="陪伴", on=TODAY,
        room="教室", tell_by=TODAY,
    )  # fmt: skip
    rows.update(ended=True)
    return {"pk": made.pk}


def seat_of_lin(world: World) -> dict[str, Any]:
    """lin's family at that meeting; nobody came."""
    rows = ParentSeat.objects.everywhere(why="a sample").filter(meeting=meeting_of_31(world)["pk"])
    return {"pk": rows.get(child=world.children["lin"]).pk}


def lin_missed(world: World) -> dict[str, Any]:
    """lin, whose family missed it."""
    meeting_of_31(world)
    return lin(world)


def dossier_of_li(world: World) -> dict[str, Any]:
    """An inspection package of li; whoever leads a school reaches the page that hands it to li alone."""
    school, li = world.schools["青河县"], world.users["li"]
    return {"pk": Dossier.objects.create(school=school, by=li, purpose="督导", until_on=TODAY).pk}


def template_of_li(world: World) -> dict[str, Any]:
    """A form of the bureau's in use at the first school."""
    school, data = world.schools["青河县"], plain_book(("姓名", ""), ("身份证号", ""), ("鞋码", ""))
    told = excel_file.read(data)
    kind, spots, bodies = guess(told)
    row = Template.objects.create(school=school, title="县里的表", kind=kind)
    TemplateFile.objects.create(
        template=row,
        school=school,
        ending="xlsx",
        state="used",
        data=data,
        layout=told,
        ties=packed(ties_of(spots), bodies),
    )
    return {"pk": row.pk}


SAMPLES: Samples = {
    "school": (nothing, WRITERS),
    "school-classes": (nothing, WRITERS),
    "school-makeup": (nothing, WRITERS),
    "school-work": (nothing, WRITERS),
    "school-daily": (nothing, WRITERS),
    "school-export": (nothing, WRITERS),
    "school-close": (term, LEADERS),
    "figure": (figure, WRITERS),
    "intake": (nothing, WRITERS),
    "intake-blank": (lambda world: {"kind": "class-list"}, WRITERS),
    "intake-batch": (roster_of_li, LEADERS),
    "intake-columns": (roster_of_li, LEADERS),
    "intake-pick": (roster_of_li, LEADERS),
    "intake-act": (lambda world: roster_of_li(world) | {"what": "preview"}, LEADERS),
    "intake-refused": (roster_of_li, LEADERS),
    "papers": (nothing, WRITERS),
    "papers-order": (roster, WRITERS),
    "papers-child": (form_of_lin, frozenset({"zhao", "li", "wu"})),
    "paper-summary-new": (nothing, WRITERS),
    "paper-summary": (summary, frozenset({"zhao", "li", "wu"})),
    "paper-summary-stories": (summary, frozenset({"zhao", "li", "wu"})),
    "paper-summary-heading": (summary, frozenset({"zhao", "li", "wu"})),
    "paper-summary-refresh": (summary, frozenset({"zhao", "li", "wu"})),
    "paper-summary-add": (summary, frozenset({"zhao", "li", "wu"})),
    "paper-summary-word": (summary, frozenset({"zhao", "li", "wu"})),
    "paper-paragraph": (foreword, frozenset({"zhao", "li", "wu"})),
    "paper-paragraph-anew": (foreword, frozenset({"zhao", "li", "wu"})),
    "paper-paragraph-back": (foreword, frozenset({"zhao", "li", "wu"})),
    "letters": (nothing, WRITERS),
    "letter-new": (nothing, LEADERS | {"feng"}),
    "letter-text": (letter_of_school, LEADERS),
    "letter-klass": (letter_of_31, LEADERS | {"zhao"}),
    "letter-copy": (letter_to_lin, LEADERS | {"zhao"}),
    "letter-picture": (letter_to_lin, LEADERS | {"zhao"}),
    "letter-child": (lin_of_letter, LEADERS | {"zhao"}),
    "meetings": (nothing, WRITERS),
    "meeting-new": (nothing, WRITERS),
    "meeting": (meeting_of_31, LEADERS | {"zhao"}),
    "meeting-edit": (meeting_of_31, LEADERS | {"zhao"}),
    "meeting-seat": (seat_of_lin, LEADERS | {"zhao"}),
    "meeting-child": (lin_missed, LEADERS | {"zhao"}),
    "settings-templates": (nothing, SETTERS | {"feng"}),
    "settings-template": (template_of_li, SETTERS),
    "settings-template-act": (template_of_li, SETTERS),
    "settings-template-replace": (template_of_li, SETTERS),
    "paper-template": (template_of_li, LEADERS | {"zhao", "qian"}),
    "paper-inspection": (nothing, LEADERS | {"feng"}),
    "paper-inspection-show": (dossier_of_li, LEADERS | {"feng"}),
    "inspect": (nothing, {"du"}),
    "inspect-open": (dossier_of_li, {"du"}),
    "paper-inspection-take": (dossier_of_li, LEADERS | {"feng"}),
    "papers-cards": (nothing, WRITERS),
    "papers-card-lost": (lin, frozenset({"zhao", "li", "wu"})),
}
