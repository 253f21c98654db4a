from pkg.tasks import shared_task

LIMIT = 3


@shared_task(name="send")
def send(): ...
