import model
from model import Old


def made(of: Old) -> Old:
    return Old()


Service = model.Old
