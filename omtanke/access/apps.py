from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "omtanke.access"

    def ready(self) -> None:
        from omtanke.access.database_roles import give_rights

        post_migrate.connect(give_rights, dispatch_uid="omtanke.access.give_rights")
