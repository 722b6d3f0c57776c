from django.apps import AppConfig


class PhoneConfig(AppConfig):
    name = "omtanke.phone"

    def ready(self) -> None:
        import omtanke.phone.of_visits  # noqa: F401 - it says what its events do
