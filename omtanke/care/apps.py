from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "omtanke.care"

    def ready(self) -> None:
        import omtanke.care.why_contacts_see  # noqa: F401 - it tells and opens what contacts see
