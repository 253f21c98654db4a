from unittest.mock import patch as replaced
