"""`python -m peerbot`."""

import sys

from peerbot.cli import main

sys.exit(main())
