from app import Old

made = Old()
