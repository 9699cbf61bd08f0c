"""``python -m clearance_atlas`` is the command line."""

from clearance_atlas.cli import main

if __name__ == "__main__":
    main()
