from old import Decoder

made = Decoder()
