from config import DEBUG
