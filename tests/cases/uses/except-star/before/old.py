from errors import Failure as Fault
