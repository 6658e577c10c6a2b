from allauth.account.views import logout
from django.urls import include, path

from nhipcau.accounts.views import accept, password, provider, reauthenticate, security, sessions, sign_in
from nhipcau.accounts.views.demo import demo_sign_in

#: Only what is wanted exists: sign-up, e-mail management and the rest of the library's routes are not here.
urlpatterns = [
    path("account/sign-in", sign_in.sign_in, name="account_login"),
    path("account/sign-out", logout, name="account_logout"),
    path("account/password", password.change_password, name="account_change_password"),
    path("account/demo/<int:person_id>", demo_sign_in, name="account_demo_sign_in"),
    path("tai-khoan/dang-nhap-bang-khoa", sign_in.sign_in_by_key, name="mfa_login_webauthn"),
    path("tai-khoan/buoc-hai", sign_in.second_factor, name="mfa_authenticate"),
    path("tai-khoan/quen-mat-khau", password.ask_for_link, name="account_reset_password"),
    path("tai-khoan/quen-mat-khau/da-gui", password.link_sent, name="account_reset_password_done"),
    path(
        "tai-khoan/mat-khau-moi/<str:uidb36>/<str:key>",
        password.set_by_link,
        name="account_reset_password_from_key",
    ),
    path("loi-moi/<str:invitation_token>", accept.accept, name="account_accept_invitation"),
    path("", include("nhipcau.accounts.people_urls")),
    path("tai-khoan/xac-nhan", reauthenticate.confirm_oneself, name="account_confirm"),
    path("tai-khoan/xac-nhan/mat-khau", reauthenticate.by_password, name="account_reauthenticate"),
    path("tai-khoan/xac-nhan/ma", reauthenticate.by_code, name="mfa_reauthenticate"),
    path("tai-khoan/xac-nhan/khoa", reauthenticate.by_key, name="mfa_reauthenticate_webauthn"),
    path("tai-khoan/bao-mat", security.security, name="mfa_index"),
    path("tai-khoan/bao-mat/can-lam-truoc", security.factor_needed, name="account_factor_needed"),
    path("tai-khoan/bao-mat/ung-dung", security.add_app, name="mfa_activate_totp"),
    path("tai-khoan/bao-mat/ung-dung/bo", security.remove_app, name="mfa_deactivate_totp"),
    path("tai-khoan/bao-mat/khoa", security.add_key, name="mfa_add_webauthn"),
    path("tai-khoan/bao-mat/khoa/<int:authenticator_id>/bo", security.remove_key, name="mfa_remove_webauthn"),
    path("tai-khoan/bao-mat/khoa/<int:authenticator_id>/ten", security.rename_key, name="mfa_edit_webauthn"),
    path("tai-khoan/bao-mat/ma-du-phong", security.recovery_codes, name="mfa_view_recovery_codes"),
    path("tai-khoan/bao-mat/ma-du-phong/tao", security.make_recovery_codes, name="mfa_generate_recovery_codes"),
    path("tai-khoan/phien", sessions.sessions, name="usersessions_list"),
    path("tai-khoan/phien/khac/ket-thuc", sessions.end_others, name="account_end_other_sessions"),
    path("tai-khoan/phien/<int:usersession_id>/ket-thuc", sessions.end, name="account_end_session"),
    path("tai-khoan/oidc", provider.go, {"provider_id": provider.OIDC}, name="openid_connect_login"),
    path("tai-khoan/oidc/ve", provider.come_back, {"provider_id": provider.OIDC}, name="openid_connect_callback"),
    path("tai-khoan/oidc/<int:socialaccount_id>/ngat", provider.disconnect, name="account_disconnect_identity"),
]
