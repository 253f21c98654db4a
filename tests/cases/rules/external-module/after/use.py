import fastjson.codec.text as text
from fastjson import codec
from fastjson.codec import Decoder

made = Decoder(codec.LIMIT, text.WIDTH)
