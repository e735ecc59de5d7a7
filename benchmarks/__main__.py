"""`make bench`: every benchmark, or those named on the command line."""

import importlib
import pkgutil
import sys

import benchmarks

HELPERS = {"__main__", "seed"}


def main(wanted: list[str]) -> None:
    """Runs the modules named, or all of them."""
    known = sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name not in HELPERS)
    for name in wanted or known:
        print(f"== {name}", flush=True)
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
