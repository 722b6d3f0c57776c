"""Draw Django forms with Designsystemet's fields."""

from django.forms.renderers import TemplatesSetting


class Designsystemet(TemplatesSetting):
    """Forms and fields by our templates, widgets by Django's."""

    form_template_name = "shell/forms/form.html"
    field_template_name = "shell/forms/field.html"
