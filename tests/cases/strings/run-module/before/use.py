import runpy

runpy.run_module("app.old")
