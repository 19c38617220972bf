"""A figure as one HTML file that needs nothing else: Plotly's code is inside."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd
import plotly.graph_objects as go

_STYLE = """
body { font: 16px/1.55 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem;
       color: #1b2430; background: #fff; }
h1 { font-size: 1.5rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid #d8dde5; padding: .35rem .8rem; text-align: left; }
footer { color: #566173; margin-top: 1.5rem; }
"""


def offline_page(
    figure: go.Figure, title: str, paragraphs: Sequence[str], table: pd.DataFrame, footer: str
) -> bytes:
    """The figure between its sentences and its table; all text is escaped.

    Args:
        paragraphs: plain text, no Markdown.
        table: shown as it stands; every cell is turned into text.
    """
    drawn = go.Figure(figure).update_layout(paper_bgcolor="#fff", font_color="#1b2430")
    chart = drawn.to_html(
        full_html=False, include_plotlyjs=True, config={"displaylogo": False, "responsive": True}
    )
    said = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    rows = table.to_html(index=False, escape=True, border=0)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{escape(title)}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n{said}\n{chart}\n"
        f"{rows}\n<footer>{escape(footer)}</footer>\n</body>\n</html>\n"
    ).encode()
