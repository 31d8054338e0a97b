"""What is shipped for several processes behind a proxy, with a real nginx before them."""
