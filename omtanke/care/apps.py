from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "omtanke.care"

    def ready(self) -> None:
        import omtanke.care.reminders
        import omtanke.care.who_is_around  # it answers what `people` asks, as the one above
        import omtanke.care.why_contacts_see  # noqa: F401 - it tells and opens what contacts see
