from django.apps import AppConfig


class PhoneConfig(AppConfig):
    name = "omtanke.phone"

    def ready(self) -> None:
        import omtanke.phone.of_attendance
        import omtanke.phone.of_visits
        import omtanke.phone.of_wishes  # noqa: F401 - they say what their events do
