"""Kernels in a blink: forked from a warm template."""
