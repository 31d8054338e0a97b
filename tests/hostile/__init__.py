"""What hostile input does to a running server, to its readers and to the page that sent it."""
