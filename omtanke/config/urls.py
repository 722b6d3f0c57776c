"""Every room's pages, and what the frame itself answers."""

from django.urls import include, path

from omtanke.config import views

handler400, handler403, handler404, handler500 = (f"omtanke.config.views.error_{code}" for code in (400, 403, 404, 500))

urlpatterns = [
    path("", views.home, name="home"),
    path("demo/", views.demo_people, name="demo_people"),
    path("health/live", views.alive, name="alive"),
    path("health/ready", views.ready, name="ready"),
    path("metrics", views.metrics, name="metrics"),
    path("language/", views.choose_language, name="set_language"),
    path("login/", include("allauth.urls")),
    path("", include("omtanke.trust.urls")),
    path("", include("omtanke.people.urls")),
    path("", include("omtanke.care.urls")),
    path("", include("omtanke.forms.urls")),
    path("", include("omtanke.visits.urls")),
    path("", include("omtanke.everyday.urls")),
    path("", include("omtanke.planning.urls")),
    path("", include("omtanke.phone.urls")),
    path("", include("omtanke.befriending.urls")),
    path("", include("omtanke.insight.urls")),
    path("", include("omtanke.exchange.spreadsheets.urls")),
    path("", include("omtanke.exchange.ical.urls")),
    path("", include("omtanke.exchange.tripletex.urls")),
]
