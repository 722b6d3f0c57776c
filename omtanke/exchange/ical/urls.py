"""Pages of this room."""

from django.urls import URLPattern, path

from omtanke.exchange.ical import partner_views, views

app_name = "ical"
urlpatterns: list[URLPattern] = [
    path("calendar.ics", views.public_feed, name="public_feed"),
    path("calendar/<str:unit_code>.ics", views.public_feed, name="public_feed_of_unit"),
    path("calendar/secret/<str:token>.ics", views.personal_feed, name="personal_feed"),
    path("my-calendar/", views.my_feed, name="my_feed"),
    path("my-calendar/end/", views.stop_feed, name="stop_feed"),
    path("partner-calendars/", partner_views.partners, name="partners"),
    path("partner-calendars/<int:partner_id>/", partner_views.partner, name="partner"),
    path("partner-calendars/files/<int:import_id>/", partner_views.calendar_import, name="calendar_import"),
    path("partner-calendars/files/<int:import_id>/again/", partner_views.try_calendar_again, name="try_calendar_again"),
    path("partner-calendars/files/<int:import_id>/take-in/", partner_views.take_in_calendar, name="take_in_calendar"),
]
