"""One command starts everything: defaults, Valkey, migrations, children and their supervision."""
