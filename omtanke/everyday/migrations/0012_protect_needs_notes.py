"""What somebody needs to take part: seen by those in care, those who arrange, and who fetches them these days."""

from django.db import migrations

from omtanke.access.models import Scope
from omtanke.access.need_to_know import Protect


class Migration(migrations.Migration):
    dependencies = [("everyday", "0011_needs_notes")]

    operations = [Protect("everyday_needsnote", scopes=(Scope.FULL, Scope.EVERYDAY, Scope.ASSIGNMENT))]
