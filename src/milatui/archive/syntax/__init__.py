"""The syntax of archive files: YAML, front matter and character references."""
