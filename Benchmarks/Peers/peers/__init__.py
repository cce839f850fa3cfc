"""Lede and other search engines on the same articles and queries; README.md beside this package says how it works."""
