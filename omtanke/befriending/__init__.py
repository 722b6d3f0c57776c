"""The visit service: from a relative's order to somebody who comes, and who is known before the first visit."""
