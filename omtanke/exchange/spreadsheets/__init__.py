"""The municipality's own spreadsheets, in and out."""
