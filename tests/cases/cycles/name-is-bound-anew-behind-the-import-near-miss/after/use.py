from app import New
