"""Runs every data-plane API of the official Python SDK on every key spec, errors included.

    python conformance.py <scenario.json>

The scenario file names the instance, the Client Keys and the keys; test/sdk/run.ts writes one. Each check prints
`ok <name>` or `FAIL <name>: why`; the last line counts them; the exit code is 1 when a check failed.
"""

import sys

from checks import asymmetric, errors, imported, key_pairs, symmetric
from checks.report import Report
from checks.scenario import Scenario


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    scenario = Scenario.read(sys.argv[1])
    report = Report()
    for group in (symmetric, asymmetric, imported, key_pairs, errors):
        group.run(scenario, report)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
