import logging


# Deprecated.
def log(text):
    logging.getLogger(__name__).info(text)
