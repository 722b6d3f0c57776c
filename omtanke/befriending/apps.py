from django.apps import AppConfig


class BefriendingConfig(AppConfig):
    name = "omtanke.befriending"

    def ready(self) -> None:
        import omtanke.befriending.why_seniors_see  # noqa: F401 - it answers `trust`
