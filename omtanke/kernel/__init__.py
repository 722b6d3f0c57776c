"""Pure rules: frozen dataclasses in, answers with reasons out. No Django here."""
