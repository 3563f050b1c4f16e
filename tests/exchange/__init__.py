"""Tests of reading other people's formats."""
