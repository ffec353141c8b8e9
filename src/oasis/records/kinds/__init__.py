"""KINDS: every kind of record, in the order the screens offer them."""

from oasis.kit.catalogue import Catalogue
from oasis.records.kinds.base import Kind
from oasis.records.kinds.talk import Talk

KINDS: Catalogue[type[Kind]] = Catalogue(Talk)

__all__ = ["KINDS", "Kind"]
