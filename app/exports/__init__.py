"""The story to take away: an animation, a video, slides, all steps on a sheet, or one picture.

matplotlib draws what the scenes say. It takes a while to load, so only what is asked for imports
it: nothing that the app needs to start imports this package.
"""
