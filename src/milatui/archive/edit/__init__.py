"""Changes single values of record files in place, and finds the file of a record."""
