from net import connect

opened = connect()
