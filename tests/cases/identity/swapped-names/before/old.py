from a import Manager as Unified
