"""Questionnaires and answers as data: one engine draws, saves, scores, compares and counts them."""
