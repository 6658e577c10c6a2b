from allauth.account.views import logout
from django.urls import path

from nhipcau.accounts.views.demo import demo_sign_in
from nhipcau.accounts.views.password import change_password
from nhipcau.accounts.views.sign_in import sign_in

#: Only what is wanted exists: sign-up, e-mail management and the rest of the library's routes are not here.
urlpatterns = [
    path("account/sign-in", sign_in, name="account_login"),
    path("account/sign-out", logout, name="account_logout"),
    path("account/password", change_password, name="account_change_password"),
    path("account/demo/<int:person_id>", demo_sign_in, name="account_demo_sign_in"),
]
