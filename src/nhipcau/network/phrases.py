"""What this room says in more than one place: plurals of classes, and the verbs of its history."""

from django.utils.translation import gettext_lazy as _

from nhipcau.network.models import Kind

#: Headings of groups of bodies.
KINDS = {
    Kind.MINISTRY: _("Ministries"),
    Kind.MINISTERIAL_LEVEL_AGENCY: _("Ministerial-level agencies"),
    Kind.GOVERNMENT_AGENCY: _("Government agencies"),
    Kind.PARTY_BODY: _("Party bodies"),
    Kind.STEERING_COMMITTEE: _("Steering committees"),
    Kind.PEOPLES_COMMITTEE: _("Provincial People's Committees"),
    Kind.PROVINCIAL_DEPARTMENT: _("Provincial departments"),
    Kind.PROPAGANDA_BOARD: _("Provincial propaganda boards"),
    Kind.FRIENDSHIP_UNION: _("Friendship unions"),
    Kind.BORDER_COMMAND: _("Border commands"),
    Kind.EMBASSY: _("Embassies"),
    Kind.CONSULATE_GENERAL: _("Consulates general"),
    Kind.PERMANENT_MISSION: _("Permanent missions"),
    Kind.MISSION_OFFICE: _("Offices abroad"),
    Kind.PRESS_OFFICE: _("Vietnamese resident press offices abroad"),
    Kind.EXTERNAL_PRESS: _("External press bodies"),
    Kind.CENTRAL_CITY: _("Centrally-run cities"),
}

#: What the verbs of this room say in a history.
VERBS = {
    "network.create_organisation": _("entered the organisation"),
    "network.change_organisation": _("changed the organisation"),
    "network.rename_organisation": _("renamed the organisation"),
    "network.change_parent": _("put the organisation below another"),
    "network.change_kind": _("put the organisation into another class"),
    "network.close_organisation": _("ended the organisation"),
    "network.merge_organisation": _("merged the organisation into another"),
    "network.split_organisation": _("split the organisation"),
    "network.end_held_role": _("ended a role in the network"),
    "network.end_member": _("ended a membership in a body"),
    "network.enter_succession": _("entered a succession"),
    "network.enter_held_role": _("entered a role in the network"),
    "network.enter_member": _("entered a membership in a body"),
}

#: What a payload of this room calls something.
NAMES = {
    "names": _("names"),
    "parents": _("belongs to"),
    "kinds": _("classes over time"),
    "also": _("also of the class"),
    "codes": _("codes"),
    "jurisdictions": _("countries covered"),
    "predecessor": _("predecessor"),
    "from": _("from"),
}
