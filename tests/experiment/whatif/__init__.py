"""Tests of the what-if."""
