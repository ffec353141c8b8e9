"""Questions asked together give what each gives alone: rows, their order, their kinds of value, and nothing where nothing is."""

from typing import Any

from django.db import connection
from django.db.models import F, QuerySet

from oasis.children.models import Child, Tie
from oasis.people.remembered import remembered
from oasis.people.roles import Need
from oasis.people.scope import Scope
from oasis.people.together import Question, together
from oasis.places.models import Klass
from tests.world import World


@remembered
def names(scope: Scope, size: int) -> QuerySet[Any, Any]:
    rows = Child.objects.within(scope, Need.NAMES).order_by("-pinyin")
    return rows.values_list("name", "id", "birth_on", "boarding", "id_number", F("klass__school"))[:size]


@remembered
def classes(scope: Scope) -> QuerySet[Any, Any]:
    return Klass.objects.order_by("entry_year", "pk").values_list("entry_year", "id")


@remembered
def ties(scope: Scope, pk: Any) -> QuerySet[Any, Any]:
    rows = Tie.objects.within(scope, Need.CONTACTS).filter(child_id=pk).order_by("call_order", "pk")
    return rows.values_list("carer", "at", "from_on", "person__name")


def test_together_they_give_what_each_gives_alone(world: World, django_assert_num_queries: Any) -> None:
    for who in ("zhao", "li", "han"):
        scope = world.scope(who)
        asked: dict[str, Question[Any]] = {
            "classes": Question(classes, (scope,), list),
            "names": Question(names, (scope, 3), list),
            "ties": Question(ties, (scope, world.children["lin"].pk), list),
            "nobody": Question(ties, (scope, world.schools["柳溪"].pk), list),
            "again": Question(names, (scope, 50), list),
        }
        alone = {name: one.answer() for name, one in asked.items()}
        with django_assert_num_queries(1):
            found = together({**asked, "unasked": None})
        assert found == {**alone, "unasked": None}, who
    assert together({"unasked": None}) == {"unasked": None}


def test_each_query_numbers_its_own_rows_so_that_no_database_may_shuffle_them(world: World) -> None:
    scope = world.scope("li")
    for known, given, order in (
        (names, (scope, 3), '"pinyin" DESC'), (classes, (scope,), '"entry_year"'), (ties, (scope, scope.actor), '"call_order"'),
    ):  # fmt: skip
        plain, _values = known.worded(*given)
        numbered, values = known.numbered(*given)
        assert "ROW_NUMBER() OVER (ORDER BY" in numbered.sql
        assert order in numbered.sql.partition("OVER (ORDER BY")[2].partition(")")[0]
        assert numbered.width == plain.width
        with connection.cursor() as cursor:
            cursor.execute(numbered.sql, values)
            rows = cursor.fetchall()
        assert [row[-1] for row in sorted(rows, key=lambda row: row[-1])] == list(range(1, len(rows) + 1))
        assert plain.rows([row[:-1] for row in sorted(rows, key=lambda row: row[-1])]) == known(*given)
