from hooks import register
from new import New as Old

register(Old)
