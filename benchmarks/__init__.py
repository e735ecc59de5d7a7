"""Speed, as ratios within one run where the machine matters. `make bench` runs them; nothing here is a test."""
