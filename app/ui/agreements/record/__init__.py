"""The record of one agreement: everything about it, in tabs."""
