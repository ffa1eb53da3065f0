"""Tools of the project: generated files, translation, fuzzing, release measurements."""
