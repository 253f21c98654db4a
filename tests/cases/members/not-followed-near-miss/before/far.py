def run(made):
    made.create()
