from pkg.tasks import shared_task


@shared_task(bind=True)
def send(self): ...
