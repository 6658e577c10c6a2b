"""The routes and models that there are, and who reaches what of them."""

from collections import Counter
from dataclasses import dataclass
from types import SimpleNamespace

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve, reverse

from nhipcau import access
from nhipcau.access import Scoped
from nhipcau.accounts.models import Role
from nhipcau.accounts.queries import access_for
from tests.support import strangers
from tests.support.people import make_office, make_person, sign_in

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
HIDDEN = (403, 404)
NOT_ANSWERED = 405


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
        clients = {person: Client(raise_request_exception=False) for person in (owner, stranger)}
        for person, client in clients.items():
            sign_in(client, person)
    values = {key: thing.in_address() for key, thing in made.items()}
    return SimpleNamespace(owner=owner, stranger=stranger, made=made, values=values, clients=clients)


def ask(person, route, world, method):
    """The answer to a person of the world; None is somebody who has not signed in."""
    data = strangers.DATA.get((route.name, method), {})
    client = world.clients[person] if person else Client(raise_request_exception=False)
    return client.generic(
        method,
        route.address(world.values),
        "&".join(f"{key}={value}" for key, value in data.items()),
        content_type="application/x-www-form-urlencoded",
    )


def sent_to_sign_in(answer):
    return answer.status_code == 302 and resolve_name(answer["Location"]) == settings.LOGIN_URL


def resolve_name(address):
    return resolve(address.partition("?")[0]).view_name


def shown(answer):
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


def faults_of_route(route, world):
    """What is wrong with who reaches the route's object: sentences, none where all is well."""
    things = [world.made[name] for name in route.parameters]
    owned = [thing for thing in things if type(thing.instance) in owned_models() or thing.personal]
    answered = False
    for method in METHODS:
        before = rows(things)
        foreign = ask(world.stranger, route, world, method)
        if owned:
            told = faults_of_stranger(foreign, owned, changed=rows(things) != before)
            yield from (f"{method} {route.name}: a stranger {what}" for what in told)
        own = ask(world.owner, route, world, method)
        if own.status_code == NOT_ANSWERED:
            continue
        answered = True
        if foreign.status_code == NOT_ANSWERED:
            yield f"{method} {route.name}: it is answered to the owner and only not answered to the stranger"
        yield from (f"{method} {route.name}: its owner {what}" for what in faults_of_owner(own, things, method))
    if not answered:
        yield f"{route.name}: it answers nothing"


def faults_of_stranger(answer, owned, *, changed):
    if answer.status_code not in (*HIDDEN, NOT_ANSWERED):
        yield f"is answered {answer.status_code}"
    if any(thing.mark in shown(answer) for thing in owned if thing.mark):
        yield "reads what it is about"
    if changed:
        yield "changes it"


def faults_of_owner(answer, things, method):
    if answer.status_code in HIDDEN or answer.status_code >= 500 or sent_to_sign_in(answer):
        yield f"is answered {answer.status_code}"
    elif method == "GET" and not all(thing.mark in shown(answer) for thing in things):
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
