"""A run as one file to keep or pass on: ``as_html`` and ``as_pdf`` of a ``Report``.

Both need neither the app nor the internet, and say the same. ``model`` is what a report says,
``page`` writes HTML, ``paper`` writes PDF with ``drawing`` and ``letters``.
"""

from forecast.report.model import Chart, Report, Table, of
from forecast.report.page import as_html
from forecast.report.paper import as_pdf

__all__ = ["Chart", "Report", "Table", "as_html", "as_pdf", "of"]
