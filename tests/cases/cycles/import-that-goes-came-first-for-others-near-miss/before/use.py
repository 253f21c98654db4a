from app.beta import Beta as Legacy
NUMBER = 1
