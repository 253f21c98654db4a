from new import New

TABLE = {"Old": New}
made = TABLE["Old"], vars(TABLE.__class__).get("Old")
