from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "omtanke.visits"

    def ready(self) -> None:
        import omtanke.visits.for_people
        import omtanke.visits.open_shifts  # noqa: F401 - it opens shifts with a first login
