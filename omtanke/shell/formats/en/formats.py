"""Dates and numbers as people write them. What Django does not name is named in its manner."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "d.m.Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y H:i"
MONTH_DAY_FORMAT = "j F"
SHORT_MONTH_DAY_FORMAT = "j M"
MONTH_DAY_CLOCK_FORMAT = "j F H:i"
WEEKDAY_FORMAT = "l j F"
SHORT_WEEKDAY_FORMAT = "D j F"
WEEKDAY_NUMBER_FORMAT = "l j"
SHORT_WEEKDAY_NUMBER_FORMAT = "D j"
WEEKDAY_DATE_FORMAT = "l j F Y"
WEEKDAY_CLOCK_FORMAT = "l j F H:i"
WEEKDAY_DATETIME_FORMAT = "l j F Y H:i"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"]
TIME_INPUT_FORMATS = ["%H:%M", "%H.%M", "%H%M"]
