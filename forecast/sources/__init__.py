"""Where data come from: bundled samples and tickers. Uploaded files go straight to ``reading``."""
