import slowjson.codec.text as text
from slowjson import codec
from slowjson.codec import Decoder

made = Decoder(codec.LIMIT, text.WIDTH)
