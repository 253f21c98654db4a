from common import OldDecoder

made = OldDecoder()
