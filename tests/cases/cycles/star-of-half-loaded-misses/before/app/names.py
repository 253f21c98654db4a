from app.core.model import *
