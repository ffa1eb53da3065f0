"""Pages: what the reader shows of records and views, free of any interface."""
