"""我的 · 登录的设备: where one is logged in, and ending it from here."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from oasis.desk.page import DeskRequest, page
from oasis.people.actions import end_sessions
from oasis.people.gate import screen
from oasis.people.models import User
from oasis.people.roles import Need

DEVICES = (("iPhone", "苹果手机"), ("iPad", "苹果平板"), ("Android", "安卓手机或平板"), ("HarmonyOS", "鸿蒙手机或平板"),
    ("Windows", "Windows 电脑"), ("Macintosh", "苹果电脑"), ("Linux", "Linux 电脑"))  # fmt: skip
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


@dataclass(frozen=True)
class Device:
    """One log-in that lives."""

    number: int
    words: str
    address: str
    since: datetime
    seen: datetime
    here: bool


def devices(user: User, key: str = "") -> list[Device]:
    """Give a person's living log-ins, the last used first; `key` marks the one that asks."""
    rows = sorted(UserSession.objects.purge_and_list(user), key=lambda row: row.last_seen_at, reverse=True)
    return [
        Device(row.pk, device(row.user_agent), row.ip, row.created_at, row.last_seen_at, row.session_key == key)
        for row in rows
    ]


def device(agent: str) -> str:
    """Say in words what a browser tells of itself."""
    what = next((words for mark, words in DEVICES if mark in agent), "其他设备")
    how = next((words for mark, words in BROWSERS if mark in agent), "")
    return f"{what}，{how}" if how else what


def index(request: DeskRequest) -> HttpResponse:
    """List one's own log-ins."""
    found = devices(request.user, request.session.session_key or "")
    return page(request, "desk/mine_sessions.html", devices=found)


@require_POST
def end(request: DeskRequest) -> HttpResponse:
    """End one other log-in, or all others."""
    number = request.POST.get("session", "")
    one = int(number) if number.isdecimal() and len(number) < 12 else None
    count = end_sessions(request.scope, user=request.user, session=one, but=request.session.session_key or "")
    messages.success(request, f"已退出{count}处登录。" if count else "那里已经退出了。")
    return HttpResponseRedirect(reverse("mine-sessions"))


ROUTES = (
    screen("mine/sessions/", index, needs=Need.DESK, name="mine-sessions"),
    screen("mine/sessions/end/", end, needs=Need.DESK, name="mine-session-end"),
)
