"""A network before Keras: what it is told as, put together by rules alone."""
