"""What a browser says about a security key that it made, as the sign-in library keeps it."""

CREDENTIAL = {"id": "", "rawId": "", "type": "public-key", "response": {}, "clientExtensionResults": {}}
