from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2PasswordHasher(Argon2PasswordHasher):
    """The hasher of an installation with the least work that argon2 accepts."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
