"""What holds for all tests: a law is tried for as long as the machine needs, never against a clock."""

from hypothesis import settings

settings.register_profile("vierelle", settings(), deadline=None)
settings.load_profile("vierelle")
