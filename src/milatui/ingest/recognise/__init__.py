"""Recognises partners, people, quotations, figures and events in the text of a document."""
