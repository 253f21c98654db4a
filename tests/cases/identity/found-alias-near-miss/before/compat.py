from new import New

Legacy = New
