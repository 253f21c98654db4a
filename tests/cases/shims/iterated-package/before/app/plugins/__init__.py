import pkgutil

names = [module.name for module in pkgutil.iter_modules(__path__)]
