"""What `scripts/evaluate` is made of: captures with known truth through the pipeline, and tables of it."""
