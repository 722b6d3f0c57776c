from django.apps import AppConfig


class TripletexConfig(AppConfig):
    name = "omtanke.exchange.tripletex"
    label = "tripletex"
