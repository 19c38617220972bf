"""Learn: how it works, on the samples and with one’s own numbers."""
