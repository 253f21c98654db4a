path = "a/b"
