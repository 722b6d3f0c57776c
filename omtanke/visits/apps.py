from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "omtanke.visits"
