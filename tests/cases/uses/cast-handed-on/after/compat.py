from typing import cast
