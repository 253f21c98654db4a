from net import connect


def open_connection():
    return connect()
