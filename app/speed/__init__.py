"""What sharing a feature map saves, and what RoI pooling costs: measured here and now.

Three commands measure (`sharing`, `peers`, `sweeps`) and report in lines of JSON; `findings` says
what follows from them, and the rest shows it.
"""
