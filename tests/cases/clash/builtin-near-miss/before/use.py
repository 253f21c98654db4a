from old import Expired

made = Expired()
