"""`omtanke migrate`: Django's, the table of the shared cache, the questionnaires and service areas that come along."""

from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate
from django.db import connection

from omtanke.befriending.areas import bring_areas
from omtanke.befriending.models import ServiceArea
from omtanke.forms.keeping import bring_shipped
from omtanke.forms.models import Questionnaire


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> str | None:
        call_command("createcachetable", verbosity=0)
        done: str | None = super().handle(*args, **options)
        if Questionnaire._meta.db_table in connection.introspection.table_names():  # not where one migrates backwards
            bring_shipped()
        if ServiceArea._meta.db_table in connection.introspection.table_names():
            bring_areas()
        return done
