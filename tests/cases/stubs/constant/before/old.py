from new import LIMIT as MAX
