"""The panes and what they are built of: lines drawn on demand, lists, a reader, a picker."""
