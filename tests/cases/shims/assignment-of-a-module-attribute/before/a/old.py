from a.new import New as Mid
