"""Settings, root URLs and the command line: the only place that knows every room."""
