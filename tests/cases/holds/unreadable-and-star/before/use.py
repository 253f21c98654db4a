from old import A

made = A(import )
