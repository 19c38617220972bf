"""Small components of our own, where Streamlit's cannot do what a live chart needs."""
