"""What `add` and `check --names` recognise: options, reports, the review on a terminal."""
