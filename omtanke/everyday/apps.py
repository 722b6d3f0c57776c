from django.apps import AppConfig


class EverydayConfig(AppConfig):
    name = "omtanke.everyday"
