from django.apps import AppConfig


class SpreadsheetsConfig(AppConfig):
    name = "omtanke.exchange.spreadsheets"
    label = "spreadsheets"
