"""Property-based testing of scenarios: strategies that make them, laws that must hold.

Both are public, so that users can hold *their* scenarios and controls to the same laws.
"""
