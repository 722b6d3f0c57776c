"""Calendars in and out as iCalendar (RFC 5545): feeds that others subscribe to, and calendars of partners."""
