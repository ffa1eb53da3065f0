"""Styles by role, palettes and drawing characters."""
