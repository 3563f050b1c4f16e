"""Tests, mirrored to the package they test."""
