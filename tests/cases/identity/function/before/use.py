from old import open_connection

opened = open_connection()
