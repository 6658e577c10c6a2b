from django.urls import path

from nhipcau.law.views.calculator import calculator
from nhipcau.law.views.calendar import calendar
from nhipcau.law.views.registers import bases, basis, deadline, deadlines
from nhipcau.law.views.working_days import working_days

app_name = "law"
urlpatterns = [
    path("lich-phap-luat/", calendar, name="calendar"),
    path("tinh-han/", calculator, name="calculator"),
    path("thoi-han/", deadlines, name="deadlines"),
    path("thoi-han/<int:deadline_id>/", deadline, name="deadline"),
    path("can-cu-phap-ly/", bases, name="bases"),
    path("can-cu-phap-ly/<int:basis_id>/", basis, name="basis"),
    path("ngay-lam-viec/", working_days, name="working_days"),
]
