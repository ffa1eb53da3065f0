"""Publishes the format of records: a description of each field, JSON Schemas."""
