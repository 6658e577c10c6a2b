"""The screens about people: who belongs to an office, in which roles, who stands in, who comes and goes."""

from django.urls import path

from nhipcau.accounts.views import (
    admit,
    deputies,
    dismiss,
    focal,
    focal_coverage,
    invite,
    move,
    people,
    person,
    roles,
)

app_name = "people"
urlpatterns = [
    path("can-bo/", people.people, name="people"),
    path("can-bo/tiep-nhan", admit.admit, name="admit"),
    path("can-bo/toi", person.me, name="me"),
    path("can-bo/<int:person_id>", person.person, name="person"),
    path("can-bo/<int:person_id>/vai-tro", roles.grant, name="grant"),
    path("can-bo/vai-tro/<int:membership_id>/ket-thuc", roles.end, name="end_role"),
    path("can-bo/<int:person_id>/uy-quyen", deputies.deputise, name="deputise"),
    path("can-bo/uy-quyen/<int:deputyship_id>/thu-hoi", deputies.take_back, name="take_back"),
    path("can-bo/<int:person_id>/moi", invite.invite, name="invite"),
    path("can-bo/<int:person_id>/dieu-chuyen", move.move, name="move"),
    path("can-bo/<int:person_id>/roi-co-quan", dismiss.dismiss, name="dismiss"),
    path("can-bo/<int:person_id>/dau-moi", focal.assign, name="assign_focal"),
    path("dau-moi/", focal_coverage.coverage, name="focal_coverage"),
    path("dau-moi/co-quan", focal_coverage.offices, name="focal_offices"),
    path("dau-moi/<int:duty_id>/ket-thuc", focal.end, name="end_focal"),
    path("dau-moi/<int:duty_id>/boi-duong", focal.train, name="train_focal"),
]
