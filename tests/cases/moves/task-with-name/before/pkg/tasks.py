def shared_task(**names):
    return lambda task: task
