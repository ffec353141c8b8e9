"""设置 · 备份: the last good one, a failure since, one now."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from oasis.desk.page import DeskRequest, page
from oasis.desk.setting import school_of
from oasis.kit import backups
from oasis.kit.dates import now
from oasis.people import trail
from oasis.people.gate import screen
from oasis.people.roles import Need


def index(request: DeskRequest) -> HttpResponse:
    """Show the state, and take the wish for a backup now."""
    if request.method == "POST":
        backups.ask(settings.OASIS_BACKUPS)
        trail.note(request.scope, "backup.ask", school=school_of(request).pk)
        messages.success(request, "已经安排，一两分钟内开始；做好以后这里会显示时间。")
        return HttpResponseRedirect(reverse("settings-backup"))
    state = backups.state(settings.OASIS_BACKUPS)
    return page(
        request, "desk/settings_backup.html", state=state, stale=state.stale(now()), kept=settings.OASIS_BACKUPS_KEPT
    )


ROUTES = (screen("settings/backup/", index, needs=Need.SETTINGS, name="settings-backup"),)
