"""A report as HTML: one file that asks no other for anything."""

from __future__ import annotations

from html import escape

from forecast.charts import export
from forecast.report.model import Report, Table

# Nothing may be fetched; Plotly needs inline script and style, and blobs to save a picture.
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data: blob:; font-src data:"
)
_SHORT = 32  # letters: a date or a band, which stays on one line
_STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, sans-serif; color: #16202e; background: #fff;
       max-width: 66rem; margin: 2.5rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem; }
.subtitle, footer { color: #566173; }
.says { font-size: 1.1rem; }
/* A file's name may be one long word; a table that is too wide is scrolled, not the page. */
h1, h2, p { overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.85rem;
        font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 0.35rem 0.9rem 0.35rem 0;
         border-bottom: 1px solid #d9dfe8;
         vertical-align: top; overflow-wrap: break-word; }
th, .short { white-space: nowrap; }
footer { margin-top: 2.5rem; border-top: 1px solid #d9dfe8; padding-top: 0.75rem; }
@media print { body { margin: 0; max-width: none; } .short { white-space: normal; }
               h2, figure, tr { break-inside: avoid; } }
@media (max-width: 40rem) { body { margin: 1.25rem auto; padding: 0 1rem; }
                           h1 { font-size: 1.5rem; } }
figure { margin: 0; }
"""


def as_html(report: Report) -> bytes:
    """The report as an HTML page, with its charts to hover over and zoom into."""
    charts = "".join(
        f'<h2>{escape(chart.title)}</h2><figure aria-label="{escape(chart.says)}">{drawn}</figure>'
        for chart, drawn in zip(
            report.charts, export.divisions([chart.figure for chart in report.charts]), strict=True
        )
    )
    sentences = "".join(f'<p class="says">{escape(text)}</p>' for text in report.sentences)
    text = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(report.title)}</title><style>{_STYLE}</style>"
        f"<script>{export.library()}</script></head><body>"
        f'<header><h1>{escape(report.title)}</h1><p class="subtitle">{escape(report.subtitle)}</p>'
        f"</header><main>{sentences}{charts}{''.join(map(_table, report.tables))}</main>"
        f"<footer>{escape(report.disclaimer)} Made with Forecast Studio.</footer></body></html>"
    )
    # Half of a broken surrogate pair is no text; it is shown as a question mark.
    return text.encode("utf-8", "replace")


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in table.rows)
    return (
        f"<h2>{escape(table.title)}</h2>"
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(table.title)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell(text: str) -> str:
    short = ' class="short"' if len(text) <= _SHORT else ""
    return f"<td{short}>{escape(text)}</td>"
