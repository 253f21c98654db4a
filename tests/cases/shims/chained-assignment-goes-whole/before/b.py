from a.new import New as Mid

Old = Twin = Mid
KEPT = 1
