"""Who sees what a phone held and brought back: those in care, and whoever held the phone."""

from django.db import migrations

from omtanke.access.need_to_know import Protect

OWN_PHONE = "phone_id IN (SELECT p.id FROM phone_phone p WHERE p.user_id = omtanke_actor())"


class Migration(migrations.Migration):
    dependencies = [("phone", "0001_initial"), ("people", "0002_need_to_know")]

    operations = [
        Protect("phone_held", or_own=OWN_PHONE),
        Protect("phone_report", or_own=OWN_PHONE),
    ]
