from ws import Manager
