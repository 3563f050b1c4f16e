"""Tests of the shelf of controls."""
