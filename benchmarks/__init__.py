"""Side-by-side timings; no tests. ``make bench`` prints them as Markdown tables."""
