"""Speed and memory: the same pages over 41 and over 100,000 pathways."""
