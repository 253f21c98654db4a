from older import A

made = A(import )
