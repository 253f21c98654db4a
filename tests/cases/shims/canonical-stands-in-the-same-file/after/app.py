import model

Service = model.Old


def made(of: Service) -> Service:
    return Service()
