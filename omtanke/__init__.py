"""Omtanke: familiar faces for people who live at home."""
