import model
from model import Old

Service = model.Old


def made(of: Old) -> Old:
    return Old()
