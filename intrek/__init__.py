"""Intrek: from a partner's referral to a lasting home."""
