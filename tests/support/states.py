"""A report and everybody who could do something with it, and which steps may lead from where to where."""

from django.test import Client

from nhipcau.reporting.models import Report
from tests.support.people import make_office, make_person, sign_in
from tests.support.reporting import make_campaign

#: Act -> from which states between the offices to which. Anything else is a forbidden transition.
BETWEEN = {
    "submit": {("open", "submitted"), ("sent_back", "submitted"), ("accepted", "submitted")},
    "check": {("submitted", "checked")},
    "accept": {("checked", "accepted")},
    "send_back": {("submitted", "sent_back"), ("checked", "sent_back")},
    "release": {("open", "released"), ("sent_back", "released")},
}
#: The same inside the office; what opens it again from above makes it a draft.
INSIDE = {
    "review": {("draft", "in_review"), ("sent_back", "in_review")},
    "withdraw": {("in_review", "draft")},
    "back_inside": {("in_review", "sent_back"), ("approved", "sent_back")},
    "approve": {("in_review", "approved")},
    "submit": set(),
    "send_back": {("approved", "draft")},
    "unlock": {("approved", "draft"), ("draft", "draft")},
    "lock": {(state, "draft") for state in ("draft", "in_review", "sent_back", "approved")},
}
PEOPLE = ("drafter", "both", "approver", "coordinator", "second", "stranger")
VIEWS = {"review": "trinh", "withdraw": "rut", "check": "kiem-tra", "accept": "tiep-nhan"}
WRITERS = {"drafter", "both"}


class World:
    """One report, and everybody who could do something with it; made once, put back after every example."""

    def __init__(self):
        office, above = make_office(), make_office()
        campaign = make_campaign(above, offices=[office], two_steps=True)
        roles = {
            "drafter": (office, ["drafter"]),
            "both": (office, ["drafter", "approver"]),
            "approver": (office, ["approver", "reviewer"]),
            "coordinator": (above, ["coordinator"]),
            "second": (above, ["coordinator"]),
            "stranger": (make_office(), ["drafter", "approver", "coordinator"]),
        }
        self.people = {name: make_person(office=place, roles=held) for name, (place, held) in roles.items()}
        self.clients = {}
        for name, person in self.people.items():
            self.clients[name] = Client()
            sign_in(self.clients[name], person)
        self.campaign, self.report = campaign.pk, Report.objects.get(campaign=campaign).pk
        #: Names of the acts that were not refused.
        self.done = set()
