import sys

from nhipcau.config.cli import main

sys.exit(main())
