from typing import Any

app_name = "reporting"
urlpatterns: list[Any] = []
