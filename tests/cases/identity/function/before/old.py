from net import connect

open_connection = connect
