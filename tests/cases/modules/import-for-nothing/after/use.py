import app.new
