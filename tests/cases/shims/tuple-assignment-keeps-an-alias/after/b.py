from a.new import New as Base

made = Base
