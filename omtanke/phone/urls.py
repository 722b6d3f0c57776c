"""Pages of this room."""

from django.urls import URLPattern, path

from omtanke.phone.views import contact, leaders, pages

app_name = "phone"
urlpatterns: list[URLPattern] = [
    path("phone/", pages.phone, name="phone"),
    path("phone/along/", pages.along, name="along"),
    path("worker.js", pages.worker, name="worker"),
    path("manifest.webmanifest", pages.manifest, name="manifest"),
    path("phone/hello/", contact.hello, name="hello"),
    path("phone/take-along/", contact.take_along, name="take_along"),
    path("phone/send/", contact.send, name="send"),
    path("phones/", leaders.phones, name="phones"),
    path("phones/<uuid:phone_id>/revoke/", leaders.revoke, name="revoke"),
    path("phones/reports/<uuid:report_id>/", leaders.see_to, name="see_to"),
]
