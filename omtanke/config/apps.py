from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "omtanke.config"
    label = "config"

    def ready(self) -> None:
        from omtanke.config import checks, observing  # noqa: F401 - checks register on import

        observing.configure_logging()
