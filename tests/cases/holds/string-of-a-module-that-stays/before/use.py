import sys

loaded = sys.modules.get("app.old")
