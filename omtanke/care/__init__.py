"""Decisions (vedtak) and named contacts: what was promised to whom, and whose face it has."""
