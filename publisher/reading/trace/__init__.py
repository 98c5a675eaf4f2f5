"""What became of each input line: the rules that can say so, and the trace as people read it."""
