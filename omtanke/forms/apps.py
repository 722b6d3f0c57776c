from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "omtanke.forms"
    label = "questionnaires"  # Django has an app called forms
