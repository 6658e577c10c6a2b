"""The model of the peers that are not ours: letters of offices, and who belongs to which office."""

from django.conf import settings
from django.db import models


class Office(models.Model):
    """An office and its members."""

    name = models.CharField(max_length=100)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL)

    def __str__(self) -> str:
        return self.name


class Letter(models.Model):
    """A letter of an office."""

    STATES = [("draft", "Draft"), ("submitted", "Submitted"), ("approved", "Approved"), ("issued", "Issued")]

    office = models.ForeignKey(Office, models.CASCADE)
    subject = models.CharField(max_length=500)
    number = models.CharField(max_length=100)
    issued_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=16, choices=STATES)

    class Meta:
        ordering = ["-issued_on", "-pk"]

    def __str__(self) -> str:
        return self.subject
