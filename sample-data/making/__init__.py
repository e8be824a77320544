"""The parts of make.py: one module a sample set."""
