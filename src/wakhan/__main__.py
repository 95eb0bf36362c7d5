"""Run the command as ``python -m wakhan``."""

from wakhan.cli import main

if __name__ == "__main__":
    main()
