"""An issue by mail: the letter, the server that takes it, and whom it has reached."""
