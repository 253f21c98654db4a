from pkg.tasks import shared_task


@shared_task(name="send")
def send(): ...
