from old import Old

TABLE = {"Old": Old}
made = TABLE["Old"], vars(TABLE.__class__).get("Old")
