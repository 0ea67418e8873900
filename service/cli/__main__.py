"""Where ``run.py`` hands over to: ``python -m service.cli COMMAND``."""

from service.cli import main

main(prog_name="run.py")
