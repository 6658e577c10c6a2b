from nhipcau.programme.plan_urls import plan_urls

app_name = "programme"
urlpatterns = [*plan_urls]
