from django.urls import path

from nhipcau.network.views.changing import close, create, grant_role, merge, move, rename
from nhipcau.network.views.comparison import comparison
from nhipcau.network.views.held_roles import held_roles
from nhipcau.network.views.organisation import organisation
from nhipcau.network.views.organisations import organisations

app_name = "network"
urlpatterns = [
    path("to-chuc/", organisations, name="organisations"),
    path("to-chuc/so-sanh/", comparison, name="comparison"),
    path("to-chuc/vai-tro/", held_roles, name="held_roles"),
    path("to-chuc/nhap/", create, name="create"),
    path("to-chuc/doi-ten/", rename, name="rename"),
    path("to-chuc/chuyen-cap-tren/", move, name="move"),
    path("to-chuc/sap-nhap/", merge, name="merge"),
    path("to-chuc/ket-thuc/", close, name="close"),
    path("to-chuc/giao-vai-tro/", grant_role, name="grant_role"),
    path("to-chuc/<int:organisation_id>/", organisation, name="organisation"),
]
