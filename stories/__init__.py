"""Browser stories: what people do, end to end, in a real Chromium, against a real server with the demo municipality.

They are tests, and with OMTANKE_PICTURES=1 they take the manual's pictures.
"""
