"""``python -m simulator`` is ``lastday``."""

from simulator.cli import main

if __name__ == "__main__":
    main(prog_name="lastday")
