from django.apps import AppConfig


class ICalConfig(AppConfig):
    name = "omtanke.exchange.ical"
    label = "ical"
