"""The child's own paragraph: what the records of a term say, in plain words; nothing is added, and nothing stays nothing."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from oasis.campus.actions.letters import draft_class
from oasis.campus.models import Growth, Letter
from oasis.children.models import Child
from oasis.children.queries import in_class
from oasis.kit.dates import zh_short
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.places.models import Klass, Term
from oasis.records.kinds.tutoring import SUBJECTS
from oasis.records.models import Record

CONTACT = ("family-call", "family-letter")
TOLD = ("talk", "tutoring", "visit", "life-service", *CONTACT)
GOOD = frozenset({"learned", "better"})


@dataclass
class Known:
    """What a term's open records say of one child."""

    times: Counter[str] = field(default_factory=Counter)
    subjects: set[str] = field(default_factory=set)
    better: bool = False
    last_contact: date | None = None
    honours: list[str] = field(default_factory=list)
    books: int = 0


@dataclass(frozen=True)
class Span:
    """The days a letter looks back on, and how it calls them."""

    words: str
    first: date
    last: date


def span_of(letter: Letter, on: date) -> Span | None:
    """Give the days a letter tells of: at the end this term, at the beginning the one before; None without such a term."""
    if letter.part == Letter.Part.END:
        return Span("本学期", letter.term.starts_on, min(on, letter.term.ends_on))
    before = (
        Term.objects.filter(school=letter.school_id, ends_on__lt=letter.term.starts_on).order_by("-ends_on").first()
    )
    return Span("上学期", before.starts_on, before.ends_on) if before else None


def draft(scope: Scope, *, letter: Letter, klass: Klass) -> int:
    """Draft the paragraphs of a class; gives how many were put in."""
    children = in_class(scope, klass, Need.CHILD_WRITE)
    return draft_class(scope, letter=letter, klass=klass, paragraphs=paragraphs(scope, letter, children))


def paragraphs(scope: Scope, letter: Letter, children: Sequence[Child]) -> dict[UUID, str]:
    """Give each child's paragraph; empty where the records say nothing. Three queries."""
    span = span_of(letter, scope.on)
    known = _known(scope, [child.pk for child in children], span) if span else {}
    return {child.pk: _paragraph(child.name, span.words, known[child.pk]) if span else "" for child in children}


def _known(scope: Scope, ids: list[UUID], span: Span) -> dict[UUID, Known]:
    rows = Record.objects.within(scope, Need.RECORD_READ).filter(
        child__in=ids, kind__in=TOLD, outcome=Record.Outcome.DONE, withdrawn=False, confidential=False,
        happened_on__range=(span.first, span.last),
    )  # fmt: skip
    found: dict[UUID, Known] = defaultdict(Known)
    for row in rows.only("pk", "child_id", "kind", "happened_on", "details").order_by("happened_on"):
        one = found[row.child_id]
        one.times[row.kind] += 1
        if row.kind == "tutoring":
            one.subjects.update(row.details.get("subjects", ()))
            one.better = one.better or row.details.get("effect") in GOOD
        elif row.kind in CONTACT:
            one.last_contact = row.happened_on
    kept = Growth.objects.within(scope, Need.RECORD_READ).filter(
        child__in=ids, kind__in=(Growth.Kind.HONOUR, Growth.Kind.BOOK), on__range=(span.first, span.last)
    )
    for one_kept in kept.only("pk", "child_id", "kind", "title", "level").order_by("on", "pk"):
        if one_kept.kind == Growth.Kind.BOOK:
            found[one_kept.child_id].books += 1
        else:
            found[one_kept.child_id].honours.append(f"{one_kept.get_level_display()}“{one_kept.title}”")
    return found


def _paragraph(name: str, when: str, known: Known) -> str:
    told = [text for text in (_kept(known), _by_teachers(known), _at_home(known)) if text]
    return f"{name}同学{when}的情况：{''.join(told)}" if told else ""


def _kept(known: Known) -> str:
    """Honours by name, books by number."""
    told = [f"获得{'、'.join(known.honours)}"] if known.honours else []
    told += [f"读了{known.books}本书"] if known.books else []
    return f"{'，'.join(told)}。" if told else ""


def _by_teachers(known: Known) -> str:
    times, did = known.times, []
    if times["talk"]:
        did.append(f"谈心{times['talk']}次")
    if times["tutoring"]:
        subjects = [label for code, label in SUBJECTS if code in known.subjects and code != "other"]
        progress = "，有进步" if known.better else ""
        did.append(f"辅导{'、'.join(subjects) or '功课'}{times['tutoring']}次{progress}")
    if times["visit"]:
        did.append(f"到家里看望{times['visit']}次")
    if times["life-service"]:
        did.append(f"生活上照料{times['life-service']}次")
    return f"老师和孩子{'；'.join(did)}。" if did else ""


def _at_home(known: Known) -> str:
    count = sum(known.times[kind] for kind in CONTACT)
    if not count or known.last_contact is None:
        return ""
    return f"在学校里和父母通话、通信{count}次，最近一次是{zh_short(known.last_contact)}。"
