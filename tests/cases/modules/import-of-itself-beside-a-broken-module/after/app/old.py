import app.new

MORE = 1
