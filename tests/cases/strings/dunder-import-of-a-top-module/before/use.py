made = __import__("old").Old()
