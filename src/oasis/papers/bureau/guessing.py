"""Guesses what a form is and what belongs into its places, from the words beside them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from oasis.figures.cuts import CUTS
from oasis.kit import heads
from oasis.kit.heads import normal, party_in
from oasis.papers.bureau.fields import CHILD as OF_CHILD
from oasis.papers.bureau.fields import FIGURE, FORM_FIELDS, PLACE, known_tail
from oasis.papers.bureau.grid import Body, Spot
from oasis.papers.bureau.places import address
from oasis.papers.bureau.spots import CHILD, FIGURES, ROSTER, spots_of

BY_HAND = re.compile(
    "签字|签名|签章|盖章|公章|手印|按印|意见|审核|审批|复核|负责人|领导|照片|相片|粘贴|领取|承诺|监护人确认|家长确认"
)
SUMS = re.compile("合计|总计|小计|平均")
NUMBERS = re.compile("[一二三四五六七八九]年级")


def _words(about: Sequence[str]) -> dict[str, str]:
    known: dict[str, str] = {}
    for one in FORM_FIELDS:
        if one.about in about:
            for head in one.heads:
                known.setdefault(normal(head), one.code)
    return known


OF_PLACE, OF_ALL, OF_FIGURE = _words((PLACE,)), _words((OF_CHILD,)), _words((FIGURE,))
LONGEST = sorted((word for word in OF_FIGURE if len(word) >= 2), key=len, reverse=True)
TAILS = {
    normal(word): tail for tail in ("age", "education", "sex", "home", "wechat") for word in known_tail(tail)[1].split()
}
CUT_WORDS = {
    normal(label): f"{cut.code}:{value}"
    for cut in CUTS
    if cut.code in ("grade", "sex", "kind", "boarding", "age", "rating", "registered")
    for value, label in cut.values
    if value
} | {
    "男生": "sex:1",
    "女生": "sex:2",
    "男童": "sex:1",
    "女童": "sex:2",
    "寄宿生": "boarding:yes",
    "走读生": "boarding:no",
}
PERSONAL = frozenset({"id_number", "birth_on", "sex", "name"})


def guess(told: Mapping[str, Any], kind: str = "") -> tuple[str, list[Spot], list[Body]]:
    """Give the kind of a form, its places with what they are taken for, and its lists."""
    kind = kind or kind_of(told)
    spots, bodies = spots_of(told, kind)
    if kind == FIGURES:
        return kind, [_figure(spot) for spot in spots], bodies
    meant = _meant([spot for spot in spots if spot.listed]) | _meant([spot for spot in spots if not spot.listed])
    return kind, [_of_child(spot, meant[spot.key], kind) for spot in spots], bodies


def _meant(spots: Sequence[Spot]) -> dict[str, str]:
    """Read the words of places with their neighbours; a list is read by itself."""
    found = heads.meanings([spot.label for spot in spots], [spot.group for spot in spots])
    return {spot.key: meaning.field or "" for spot, meaning in zip(spots, found, strict=True)}


def kind_of(told: Mapping[str, Any]) -> str:
    """Tell whether a form is of one child, a list of children, or figures, by what its words are taken for."""
    spots, bodies = spots_of(told, ROSTER)
    listed = [_plain(spot) for spot in spots if spot.listed]
    if bodies and "name" in listed:
        before = [spot for spot in spots if not spot.listed and _before(spot, bodies) and _plain(spot) in PERSONAL]
        return CHILD if len(before) >= 2 else ROSTER
    spots, _bodies = spots_of(told, CHILD)
    child = sum(1 for spot in spots if _plain(spot) in OF_ALL.values())
    figures = [_figure(spot) for spot in spots_of(told, FIGURES)[0]]
    counted = sum(1 for spot in figures if spot.guess.startswith("figure."))
    named = any(_plain(spot) == "name" for spot in spots)
    return FIGURES if counted > child or (counted and not named) else CHILD


def _before(spot: Spot, bodies: Sequence[Body]) -> bool:
    place = address(spot.key)
    return any(place.table == body.table and place.row < body.first for body in bodies)


def _plain(spot: Spot) -> str:
    over = normal(spot.group) + normal(spot.label)
    return OF_ALL.get(over) or OF_ALL.get(normal(spot.label), "")


def _hand(spot: Spot) -> bool:
    return bool(BY_HAND.search(spot.label) or (not spot.label and BY_HAND.search(spot.group)))


def _of_child(spot: Spot, meant: str, kind: str) -> Spot:
    """Take a place for a field: the form's own words first, then those of rosters."""
    own, over = normal(spot.label), normal(spot.group)
    if own in OF_PLACE and not (kind == ROSTER and spot.listed and OF_PLACE[own] == "count"):
        return replace(spot, guess=OF_PLACE[own])
    if _hand(spot):
        return replace(spot, by_hand=True)
    if kind == ROSTER and not spot.listed:  # a list has no one child outside of its rows
        return replace(spot, by_hand=bool(SUMS.search(spot.group or spot.label)))
    if spot.member:
        return replace(spot, guess=_member(spot, own))
    party = party_in(over) if over else None
    if party and own in TAILS:
        return replace(spot, guess=f"{party}.{TAILS[own]}")
    found = OF_ALL.get(over + own, "") if over else ""
    if meant.endswith(".place"):  # 务工地点 beside 父亲姓名 asks for the father's alone
        found = found or meant
    found = found or _second(own) or meant or heads.meaning(spot.label, spot.group if party else "").field or ""
    return replace(spot, guess=found if found in FORM_FIELDS else "")


def _second(own: str) -> str:
    """Take words only forms use; those a roster knows too are read with their neighbours."""
    found = OF_ALL.get(own, "")
    return found if own not in heads.KNOWN else ""


def _member(spot: Spot, own: str) -> str:
    tail = TAILS.get(own) or heads.TAILS.get(own) or {"关系": "relation", "称谓": "relation"}.get(own, "")
    if "关系" in own:
        tail = "relation"
    code = f"member{spot.member}.{tail}"
    return code if code in FORM_FIELDS else ""


def _figure(spot: Spot) -> Spot:
    """Take a place for a figure, narrowed by the words beside it: 三年级, 男, 寄宿."""
    own, over = normal(spot.label), normal(spot.group)
    if spot.listed and own in ("班级", "年级班级", "班别", "年级"):
        return replace(spot, guess="place")
    if own in OF_PLACE and OF_PLACE[own] not in ("count",) and own not in OF_FIGURE:
        return replace(spot, guess=OF_PLACE[own])
    if _hand(spot):
        return replace(spot, by_hand=True)
    cut = _cut(over) or ""
    found = (
        OF_FIGURE.get(own)
        or OF_FIGURE.get(over + own)
        or next((OF_FIGURE[word] for word in LONGEST if word in own), "")
    )
    if not found and (own in CUT_WORDS or own in ("合计", "总计", "小计", "人数", "总数", "总人数")):
        return replace(spot, guess="figure.left", cut=CUT_WORDS.get(own, "") or cut)
    if not found and over in OF_FIGURE:
        return replace(spot, guess=OF_FIGURE[over], cut=CUT_WORDS.get(own, ""))
    return replace(spot, guess=found, cut=cut if found else "")


def _cut(words: str) -> str:
    if hit := NUMBERS.search(words):
        return CUT_WORDS.get(normal(hit.group()), "")
    return CUT_WORDS.get(words, "")
