"""The pages, in the order of the top bar, and the figures whose code each of them needs."""

PAGES: dict[str, tuple[str, ...]] = {
    # The first is where the app opens.
    "replay": ("stage",),
    "playground": ("stage",),
    "sizes": ("sizes", "heatmap"),
    "conventions": ("stage", "multiples"),
    "pixels": ("pixels",),
    "gradient": ("gradient",),
    "detector": ("detector",),
    "speed": (),
    "lessons": ("lessons", "stage"),
}

HOME = next(iter(PAGES))
