from typing import Any

app_name = "programme"
urlpatterns: list[Any] = []
