"""Those who arrange activities see who people are and what matters to them, in a scope of their own."""

from importlib import import_module

from django.db import migrations

from omtanke.access.models import Scope
from omtanke.access.need_to_know import Protect

OF_MY_UNIT = import_module("omtanke.people.migrations.0002_need_to_know").OF_MY_UNIT
EVERY_SCOPE = tuple(Scope)


class Migration(migrations.Migration):
    dependencies = [("people", "0004_covering_index"), ("access", "0007_everyday_scope")]

    operations = [
        Protect("people_citizen", citizen="id", scopes=EVERY_SCOPE),
        Protect("people_portrait", scopes=(Scope.FULL, Scope.ASSIGNMENT, Scope.EVERYDAY)),
        Protect("people_belonging", scopes=EVERY_SCOPE, or_own=OF_MY_UNIT),
        Protect("access_grant", scopes=EVERY_SCOPE, or_own="citizen_id IS NULL OR holder_id = omtanke_actor()"),
        Protect("access_look", scopes=EVERY_SCOPE, append_only=True, or_own="actor_id = omtanke_actor()"),
    ]
