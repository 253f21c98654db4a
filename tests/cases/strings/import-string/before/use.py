from django.utils.module_loading import import_string
from werkzeug.utils import import_string as take

one = import_string("app.old.Old")
two = take("app.old:Old")
