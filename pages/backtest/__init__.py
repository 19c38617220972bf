"""The backtest screen: ``page.py`` from top to bottom, its larger panels beside it."""
