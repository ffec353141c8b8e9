"""All routes of the desk: each screen's own, one line a screen."""

from django.urls import URLPattern

from oasis.desk import (
    calls,
    cards,
    children,
    first_steps,
    mine,
    papers,
    paragraph,
    record,
    record_mine,
    record_show,
    school,
    school_list,
    settings_classes,
    settings_people,
    settings_person,
    settings_school,
    settings_terms,
    setup,
    summary,
    trail,
)

ROUTES: tuple[URLPattern, ...] = (
    *children.ROUTES,
    *papers.ROUTES,
    *cards.ROUTES,
    *calls.ROUTES,
    *record.ROUTES,
    *record_show.ROUTES,
    *record_mine.ROUTES,
    *summary.ROUTES,
    *paragraph.ROUTES,
    *school.ROUTES,
    *school_list.ROUTES,
    *mine.ROUTES,
    *first_steps.ROUTES,
    *settings_school.ROUTES,
    *settings_terms.ROUTES,
    *settings_classes.ROUTES,
    *settings_people.ROUTES,
    *settings_person.ROUTES,
    *trail.ROUTES,
    *setup.ROUTES,
)
