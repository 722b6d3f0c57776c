"""Base layout, components, forms, charts and PDF: how every page looks."""
