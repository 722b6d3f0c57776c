"""Other planners, to measure ours beside: each takes the kernel's Problem and gives the kernel's Plan.

What they cannot say, such as breaks, is filled in by `finishing`; all plans are priced by the kernel's `evaluate`.
"""
