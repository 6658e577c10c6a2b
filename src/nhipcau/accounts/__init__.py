"""People, the roles they hold in organisations, sign-in, and the opening of an access for whoever is signed in."""
