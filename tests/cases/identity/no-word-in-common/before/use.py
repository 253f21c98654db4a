from executor import ConnectionExecutor

made = ConnectionExecutor()
