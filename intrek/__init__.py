"""Intrek: from a partner's referral to a lasting home."""

__version__ = "0.1.0"
