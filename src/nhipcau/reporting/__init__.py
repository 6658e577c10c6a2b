"""The reporting room: campaigns, forms, the reports that offices owe, and the national report made of them."""
