"""The routes and models that there are, and who reaches what of them."""

import re
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import wraps
from types import SimpleNamespace
from unittest import mock
from urllib.parse import urlencode

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import Resolver404, URLResolver, get_resolver, resolve, reverse

from nhipcau import access
from nhipcau.access import Scoped
from nhipcau.accounts.models import Role
from nhipcau.accounts.queries import access_for
from tests.support import strangers
from tests.support.people import make_office, make_person, sign_in
from tests.support.posting import forms

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
HIDDEN = (403, 404)
OK, NOT_ANSWERED, SERVER_ERROR = 200, 405, 500


@dataclass(frozen=True)
class Route:
    """One address pattern: its name with namespaces, and the names of its parameters."""

    name: str
    parameters: tuple[str, ...]

    def address(self, values):
        return reverse(self.name, kwargs={name: values[name] for name in self.parameters})


def routes(resolver=None, spaces=(), outer=()):
    """Every route of the site, in the order in which they are tried."""
    for pattern in (resolver or get_resolver()).url_patterns:
        parameters = (*outer, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from routes(pattern, inner, parameters)
        else:
            assert pattern.name, f"a route without a name: {pattern}"
            yield Route(":".join((*spaces, pattern.name)), parameters)


def owned_models():
    """Scoped models of ours that are not named as reference."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("nhipcau.")]
    return [model for model in ours if issubclass(model, Scoped) and model._meta.label not in strangers.REFERENCE]


def make_world():
    """An office with an owner and one object of each kind; a stranger with every role in an office of their own."""
    with access.system("test"), transaction.atomic():
        ours, theirs = make_office(), make_office()
        owner = make_person(office=ours, roles=Role.values, sample=True)
        stranger = make_person(office=theirs, roles=Role.values)
        made = {key: make(ours, owner) for key, make in strangers.MAKERS.items()}
        cookies = {person: _signed_in(person) for person in (owner, stranger)}
    values = {key: thing.in_address() for key, thing in made.items()}
    return SimpleNamespace(
        ours=ours, theirs=theirs, owner=owner, stranger=stranger, made=made, values=values, cookies=cookies
    )


def _signed_in(person):
    client = Client()
    sign_in(client, person)
    return {name: morsel.value for name, morsel in client.cookies.items()}


@dataclass(frozen=True)
class Answer:
    """What was answered, and what it did before everything was put back.

    Attributes:
        status: the status code.
        text: the body, and the name of a file.
        location: where it leads; empty for nowhere.
        changed: whether a row that was watched is another one now.
    """

    status: int
    text: str
    location: str
    changed: bool


def client_of(person, world):
    """A client signed in as somebody of the world, or as nobody."""
    client = Client(raise_request_exception=False)
    for name, value in world.cookies[person].items() if person else ():
        client.cookies[name] = value
    return client


def ask(person, route, world, method, *, watched=(), data=None):
    """The answer to a person of the world; None is somebody who has not signed in. Afterwards all is as before."""
    data = strangers.DATA.get((route.name, method), {}) if data is None else data
    with transaction.atomic():
        before = rows(watched)
        answer = client_of(person, world).generic(
            method,
            route.address(world.values),
            urlencode(data, doseq=True),
            content_type="application/x-www-form-urlencoded",
        )
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        changed = rows(watched) != before
        transaction.set_rollback(True)
    told = text.decode(errors="replace") + answer.get("Content-Disposition", "")
    return Answer(answer.status_code, told, answer.get("Location", ""), changed)


def sent_to_sign_in(answer):
    return answer.status == 302 and resolve_name(answer.location) == settings.LOGIN_URL


def resolve_name(address):
    return resolve(re.split("[?#]", address)[0]).view_name


def faults_of_route(route, world):
    """What is wrong with who reaches the route's object: sentences, none where all is well."""
    things = [world.made[name] for name in route.parameters]
    owned = [thing for thing in things if type(thing.instance) in owned_models() or thing.personal]
    answered = False
    for method in METHODS:
        foreign = ask(world.stranger, route, world, method, watched=things)
        if owned:
            yield from (f"{method} {route.name}: a stranger {what}" for what in faults_of_stranger(foreign, owned))
        own = ask(world.owner, route, world, method)
        if own.status == NOT_ANSWERED:
            continue
        answered = True
        if foreign.status == NOT_ANSWERED:
            yield f"{method} {route.name}: it is answered to the owner and only not answered to the stranger"
        yield from (f"{method} {route.name}: its owner {what}" for what in faults_of_owner(own, things, method))
    if not answered:
        yield f"{route.name}: it answers nothing"


def faults_of_stranger(answer, owned):
    if answer.status not in (*HIDDEN, NOT_ANSWERED):
        yield f"is answered {answer.status}"
    if any(thing.mark in answer.text for thing in owned if thing.mark):
        yield "reads what it is about"
    if answer.changed:
        yield "changes it"


def faults_of_owner(answer, things, method):
    if answer.status in HIDDEN or answer.status >= 500 or sent_to_sign_in(answer):
        yield f"is answered {answer.status}"
    elif method == "GET" and not all(thing.mark in answer.text for thing in things):
        yield "does not read what it is about"


def faults_of_model(model, world):
    """What is wrong with who sees the rows of an owned model."""
    found = [thing.instance for thing in world.made.values() if type(thing.instance) is model]
    if not found:
        yield f"{model._meta.label}: nobody makes a row of it; name a maker, or name it as reference"
    for instance in found:
        with access.opened(access_for(world.owner)):
            if not model.objects.filter(pk=instance.pk).exists():
                yield f"{model._meta.label}: its owner does not see it"
        with access.opened(access_for(world.stranger)):
            if model.objects.filter(pk=instance.pk).exists():
                yield f"{model._meta.label}: a stranger sees it"


def rows(things):
    """The rows as the database has them now."""
    with access.system("test"):
        return Counter(
            repr([sorted(row.items()) for row in type(t.instance).objects.filter(pk=t.instance.pk).values()])
            for t in things
        )


def faults_of_states(label, world):
    """What is wrong with who sees an addressed row in each of its states; the states that were tried come last."""
    model = apps.get_model(label)
    tried = set()
    with transaction.atomic():
        with access.system("test"):
            receiver = make_office()
            reader = make_person(office=receiver, roles=Role.values)
            rows_by_state = list(strangers.ADDRESSED[label](world.ours, world.owner, receiver))
        for state, row, given in rows_by_state:
            tried.add(state)
            for who, person, sees in (
                ("its owner", world.owner, True),
                ("who it is given to", reader, given),
                ("a stranger", world.stranger, False),
            ):
                with access.opened(access_for(person)):
                    if model.objects.filter(pk=row.pk).exists() != sees:
                        yield f"{label} ({state}): {who} {'does not see' if sees else 'sees'} it"
        transaction.set_rollback(True)
    states = {code for code, _word in getattr(state_field(model), "choices", None) or ()}
    yield from (f"{label} ({state}): nobody makes one in this state" for state in sorted(states - tried))


def state_field(model):
    return next((field for field in model._meta.fields if field.name == "state"), None)


def says_it_is_addressed(model):
    """Whether the rule of a model says of itself that its rows are addressed."""
    return (model.visible_to.__doc__ or "").startswith("Addressed")


@contextmanager
def of_their_own(world):
    """The world as the stranger has it: objects of their own in the addresses, as far as makers can make a second."""
    with transaction.atomic():
        values = dict(world.values)
        with access.system("test"):
            for key, make in strangers.MAKERS.items():
                try:
                    with transaction.atomic():
                        values[key] = make(world.theirs, world.stranger).in_address()
                except (IntegrityError, ObjectDoesNotExist, AttributeError):
                    values.pop(key)
        yield SimpleNamespace(**vars(world) | {"values": values})
        transaction.set_rollback(True)


def keys_of_others(field_name, world):
    """Keys of the owner's that a field may name: those of things called alike, the office, the person."""
    named = [thing.instance.pk for key, thing in world.made.items() if key.removesuffix("_id") in field_name.lower()]
    return dict.fromkeys(str(key) for key in (world.ours.pk, world.owner.pk, *named))


def seen_by_owner(world):
    """Every row with an owner that the owner sees, as it is now."""
    with access.opened(access_for(world.owner)):
        return {
            model._meta.label: {row["pk"]: row for row in model.objects.values("pk", *plain(model))}
            for model in owned_models()
        }


def plain(model):
    return [field.attname for field in model._meta.concrete_fields]


def faults_of_posting(route, world):
    """What a stranger's forms do to the owner's office when a key of the owner's is put into one of their fields."""
    page = ask(world.stranger, route, world, "GET")
    for form in forms(page.text) if page.status == OK else ():
        target = resolve_or_none(form.action) or route.name
        action = form.action.partition("?")[0] or route.address(world.values)
        for one in form.fields:
            if not one.names_a_row or (target, one.name) in strangers.INTO:
                continue
            for key in keys_of_others(one.name, world):
                did = post(world, action, form.filled() | {one.name: key})
                yield from (f"{target}: {one.name}={key} {what}" for what in did)


def post(world, address, data):
    """What posting this as the stranger did to what the owner sees; all is put back."""
    with transaction.atomic():
        before = seen_by_owner(world)
        answer = client_of(world.stranger, world).post(address, data)
        after = seen_by_owner(world)
        transaction.set_rollback(True)
    if answer.status_code >= SERVER_ERROR:
        yield f"is answered {answer.status_code}"
    for label, now in after.items():
        if now != before[label]:
            yield f"reaches {label} of another office"


def resolve_or_none(address):
    try:
        return resolve_name(address) if address else None
    except Resolver404:
        return None


def pattern_of(name, resolver=None, spaces=()):
    """The pattern of a route by its full name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            found = pattern_of(name, pattern, inner)
            if found:
                return found
        elif ":".join((*spaces, pattern.name)) == name:
            return pattern
    return None


def careless(view):
    """The view without its rules: it reads under an access that sees everything, and every permission is given."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return view(request, *args, **kwargs)
        everything = replace(access.current(), everything=True)
        with access.opened(everything), mock.patch("rules.has_perm", return_value=True):
            answer = view(request, *args, **kwargs)
            if hasattr(answer, "render") and not answer.is_rendered:
                answer.render()
            if answer.streaming:
                answer.streaming_content = list(answer.streaming_content)
            return answer

    return answered
