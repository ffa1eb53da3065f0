"""The archive on disk: records, dates, loading, checking and writing."""
