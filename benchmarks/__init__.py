"""Benchmarks: each compares in one run and prints ratios; none is a test of time."""
