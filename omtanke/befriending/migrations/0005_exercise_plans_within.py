"""A plan tells of falls: whoever may read the getting-to-know form reads it, and nobody else, administration included."""

from django.db import migrations

from omtanke.befriending.within import Within

TABLES = ("exerciseplan", "exercisechoice", "exercisedone")


class Migration(migrations.Migration):
    dependencies = [("befriending", "0004_exercise_plans")]

    operations = [
        *(Within(f"befriending_{name}") for name in TABLES),
        Within("befriending_exercisedoneevent", event=True),
    ]
