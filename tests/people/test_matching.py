"""Text conditions that SQLite need not compile anew: they find what LIKE finds, the signs that mean "anything" to LIKE among it."""

import pytest
from django.db.models import Q

from oasis.kit.matching import contains, ends_with
from oasis.places.models import Region

NAMES = ("青河县", "青河县（待补）", "（待补）县", "100%", "a_", "email, phone", "Email")


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["（待补）", "县", "%", "_", "email", "ail"])
def test_they_find_what_the_words_say(words: str) -> None:
    Region.objects.bulk_create(Region(name=name, kind="county") for name in NAMES)

    def found(condition: Q) -> set[str]:
        return set(Region.objects.filter(condition, name__in=NAMES).values_list("name", flat=True))

    for condition, right in (
        (ends_with("name", words), {name for name in NAMES if name.endswith(words)}),
        (contains("name", words), {name for name in NAMES if words in name}),
    ):
        assert found(Q(condition)) == right
        assert found(~Q(condition)) == set(NAMES) - right
