// A day of a draft. See below.
