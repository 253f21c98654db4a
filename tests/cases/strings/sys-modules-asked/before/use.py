import sys

loaded = "app.old" in sys.modules
