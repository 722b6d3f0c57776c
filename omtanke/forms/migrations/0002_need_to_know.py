"""Who sees a citizen's answers: those in care; those who arrange activities where the questionnaire says so. Never kin,
never volunteers: neither of their scopes is named here."""

from django.db import migrations

from omtanke.access.models import Scope
from omtanke.access.need_to_know import Protect

ALSO_FOR_EVERYDAY = (
    "open_to_everyday AND questionnaires_answers.citizen_id IN (SELECT omtanke_opened('{everyday}'))"
)


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0001_initial"), ("people", "0005_everyday_scope")]

    operations = [Protect("questionnaires_answers", scopes=(Scope.FULL,), or_own=ALSO_FOR_EVERYDAY)]
