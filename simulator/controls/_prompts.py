"""Prompts that several controls ask for; passing one for one of them counts for all."""

OWN_FACTOR = "own-factor"
"""The kind of prompt for the person's own stronger factor."""
