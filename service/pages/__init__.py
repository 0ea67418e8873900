"""The only Flask users beside ``service.app``: thin blueprints, one per feature, each named ``pages`` in its module."""
