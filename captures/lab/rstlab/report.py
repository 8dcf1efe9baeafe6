"""What a run says: a line as each story ends, and the table at the end."""

import sys
from collections import Counter


class Report:
    def __init__(self, chosen):
        self.total = len(chosen)
        self.done = 0

    def progress(self, result):
        self.done += 1
        outcome = result.error.strip().splitlines()[-1] if result.error else "told"
        print(
            "%2d/%d %-32s %5.1f s  %s"
            % (self.done, self.total, result.story.name, result.seconds, outcome),
            file=sys.stderr,
        )

    def table(self, results):
        row = "%-32s %-8s %6s  %-44s %s"
        print(row % ("story", "vantage", "resets", "sent by", "best verdict"))
        for result in sorted(results, key=lambda r: r.story.name):
            for vantage in result.story.record:
                rsts = [
                    r for line in result.lines if line["vantage"] == vantage for r in line["rsts"]
                ]
                print(
                    row
                    % (
                        result.story.name,
                        vantage,
                        len(rsts),
                        counted(r["originator_host"] for r in rsts),
                        counted(r["best_verdict"] for r in rsts),
                    )
                )
            if result.error:
                print(result.error)


def counted(words):
    return ", ".join("%s %d" % item for item in Counter(words).most_common()) or "-"
