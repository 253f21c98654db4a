made = __import__("old").OTHER
