from django.apps import AppConfig


class EverydayConfig(AppConfig):
    name = "omtanke.everyday"

    def ready(self) -> None:
        import omtanke.everyday.hindrances
        import omtanke.everyday.talk_due
        import omtanke.everyday.why_volunteers_see
        import omtanke.everyday.wishes_due
        import omtanke.everyday.wishes_go_along  # noqa: F401 - it goes along with a contact; the others answer `people`
