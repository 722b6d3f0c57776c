from django.db import migrations

from omtanke.access.need_to_know import Protect


class Migration(migrations.Migration):
    dependencies = [("planning", "0001_initial"), ("people", "0002_need_to_know")]

    operations = [
        Protect("planning_draftvisit"),
        # A wish for a list is about no citizen; the view asks who plans the unit.
        Protect("planning_draftrule", or_own="citizen_id IS NULL"),
    ]
