import runpy

runpy.run_module("app.new")
