from a import Manager
