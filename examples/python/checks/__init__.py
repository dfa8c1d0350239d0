"""The groups of checks that conformance.py runs."""
