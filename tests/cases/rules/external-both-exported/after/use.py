from fastjson.codec import Decoder

made = Decoder()
