"""Answers that a department of a visit service keeps to itself.

They are read and written by those whom the ledger opens the person to in the scope of the visit service and who hold a
role of it in that very department. The second policy is restrictive: it holds whatever others are added later, and for
jobs too, which otherwise see all rows. A questionnaire's answers are kept so, or they are not, in all its versions.
"""

import django.db.models.deletion
from django.db import migrations, models

from omtanke.access.models import Scope
from omtanke.access.need_to_know import Protect

WITHIN = (
    "within_id IN (SELECT omtanke_departments('{department_leader,professional_lead,visiting_senior}'))"
    " AND questionnaires_answers.citizen_id IN (SELECT omtanke_opened('{visits}'))"
)
ALSO = (
    "open_to_everyday AND questionnaires_answers.citizen_id IN (SELECT omtanke_opened('{everyday}'))"
    f" OR within_id IS NOT NULL AND {WITHIN}"
)
ONLY_WITHIN = f"""
CREATE POLICY only_within ON questionnaires_answers AS RESTRICTIVE TO omtanke_web, omtanke_worker
USING (within_id IS NULL OR {WITHIN});
"""
KEPT = """
CREATE FUNCTION questionnaires_kept_within() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.within_id IS NOT NULL) <> EXISTS (
       SELECT 1 FROM questionnaires_questionnaire mine JOIN questionnaires_questionnaire other ON other.url = mine.url
        WHERE mine.id = NEW.questionnaire_id AND other.kept_within_unit) THEN
    RAISE EXCEPTION 'answers to questionnaire % are kept within a department, or none of them are', NEW.questionnaire_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'kept_within_a_department';
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.within_id IS DISTINCT FROM OLD.within_id THEN
    RAISE EXCEPTION 'answers stay in their department' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER questionnaires_kept_within BEFORE INSERT OR UPDATE OF within_id, questionnaire_id
ON questionnaires_answers FOR EACH ROW EXECUTE FUNCTION questionnaires_kept_within();
"""
UNDO_KEPT = """
DROP TRIGGER questionnaires_kept_within ON questionnaires_answers; DROP FUNCTION questionnaires_kept_within();
"""


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0003_declined"), ("people", "0006_visit_service")]

    operations = [
        migrations.AddField(
            model_name="questionnaire",
            name="kept_within_unit",
            field=models.BooleanField(default=False, help_text="Only for the visit service it is filled in at."),
        ),
        migrations.AddField(
            model_name="answers",
            name="within",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit"
            ),
        ),
        Protect("questionnaires_answers", scopes=(Scope.FULL,), or_own=ALSO),
        migrations.RunSQL(ONLY_WITHIN, "DROP POLICY only_within ON questionnaires_answers"),
        migrations.RunSQL(KEPT, UNDO_KEPT),
    ]
