from legacy import OldError

try:
    print()
except OldError:
    print("caught")
