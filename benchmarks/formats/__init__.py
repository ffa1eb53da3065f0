"""How well files are read: press releases as pages, PDF, DOCX and text, and what comes back."""
