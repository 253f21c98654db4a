import use
