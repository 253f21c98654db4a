from app import New as Old
