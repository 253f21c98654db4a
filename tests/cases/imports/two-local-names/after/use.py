from new import New as A, New as B

made = A(), B()
