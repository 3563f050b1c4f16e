"""Tests of the shelf of alerts."""
