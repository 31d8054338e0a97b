"""How many proposals are measured; in a file of its own, since the page needs no more than this."""

COUNTS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
QUICK = (1, 2, 5, 10, 20, 50, 100, 300)
