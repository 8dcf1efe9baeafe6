"""run [--only STORY]... [--out DIR] [--workers N] [--pairs] [--watch RSTSCOPE] [--list]: plays stories.

Needs root. Writes DIR/*.pcap[ng], a NAME.truth.jsonl beside each, captures.jsonl with what ended or
lives without a reset, and a table on stdout. Exit: 0 all stories told, 1 some failed (the table
says why), 2 usage, 3 something is missing, 130 interrupted.
"""

import argparse
import collections
import dataclasses
import fnmatch
import json
import os
import shutil
import signal
import sys
import tempfile

from rstlab import stories  # noqa: F401, it registers the stories
from rstlab.clients import CLIENTS
from rstlab.processes import run
from rstlab.report import Report
from rstlab.runner import Run
from rstlab.story import STORIES
from rstlab.truth import worth_telling

PROGRAMS = "ip nft ss conntrack ethtool sysctl openssl tcpdump dumpcap".split()
PROGRAMS += "haproxy nginx node npm epmd".split()
PROGRAMS += ["/usr/lib/rabbitmq/bin/rabbitmq-server"]
NPM_TIMEOUT_S = 120
PAIR = {"broker": "pcap", "client": "pcap"}
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main():
    options = parse()
    if options.list:
        print_stories()
        return 0
    chosen = [STORIES[name] for name in STORIES if wanted(name, options.only)]
    if options.pairs:
        chosen = [dataclasses.replace(story, record={**PAIR, **story.record}) for story in chosen]
    lacking = missing()
    if lacking:
        print("missing: %s; see captures/lab/README.md" % ", ".join(lacking), file=sys.stderr)
        return 3
    for number in STOPPING:
        signal.signal(number, interrupt)
    os.makedirs(options.out, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="rstlab-") as work:
        return play(chosen, options.out, work, options.workers, options.watch)


def wanted(name, patterns):
    return not patterns or any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


def print_stories():
    """As a Markdown table: captures/README.md holds it."""
    print("| story | what happens | root cause | network | recorded at |\n|---|---|---|---|---|")
    for story in STORIES.values():
        recorded = ", ".join("%s (%s)" % place for place in story.record.items())
        network = story.topology.__name__ + (", IPv6" if story.family == 6 else "")
        print(
            "| `%s` | %s | %s | %s | %s |"
            % (story.name, story.tale, story.cause, network, recorded)
        )


def play(chosen, out, work, workers, watch):
    report = Report(chosen)
    lab = Run(chosen, out, work, min(workers, len(chosen)), watch)
    try:
        lab.play(report.progress)
    except KeyboardInterrupt:
        return 130
    finally:
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)  # nothing stops the cleaning up
        lab.close()
    write_truth(lab.results, out)
    report.table(lab.results)
    return 1 if any(result.error for result in lab.results) else 0


def write_truth(results, out):
    """One file beside each capture, with a line for each flow that was reset or lost.

    captures.jsonl has a line for each capture with its flows that ended, or live on, without a
    reset: score.py reads it for --endings.
    """
    by_capture = collections.defaultdict(list)
    for result in results:
        for line in result.lines:
            by_capture[line["capture"]].append(line)
    for capture, lines in by_capture.items():
        with open(os.path.join(out, capture + ".truth.jsonl"), "w") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines if worth_telling(line))
    with open(os.path.join(out, "captures.jsonl"), "w") as file:
        for capture, lines in sorted(by_capture.items()):
            quiet = [without_reset(line) for line in lines if not line["rsts"]]
            file.write(json.dumps({"capture": capture, "no_rst_flows": quiet}) + "\n")


def without_reset(line):
    flow = line["flow"]
    return {
        "client": flow["client"],
        "client_port": flow["client_port"],
        "root_cause": line["root_cause"],
    }


def missing():
    """Names of programs and packages that are not there; fetches the node client's library."""
    if os.geteuid() != 0:
        return ["root"]
    lacking = [program for program in PROGRAMS if not shutil.which(program)]
    if run("/usr/bin/python3", "-c", "import pika", check=False):
        lacking.append("python3-pika")
    if not os.path.exists("/usr/lib/nginx/modules/ngx_stream_module.so"):
        lacking.append("libnginx-mod-stream")
    if not lacking and not os.path.isdir(os.path.join(CLIENTS, "node_modules")):
        run("npm", "ci", "--prefix", CLIENTS, "--no-audit", "--no-fund", timeout=NPM_TIMEOUT_S)
    return lacking


def parse():
    parser = argparse.ArgumentParser(prog="run", description="Plays the lab's stories.")
    parser.add_argument(
        "--only", metavar="STORY", action="append", type=known, help="repeatable; also 'haproxy-*'"
    )
    parser.add_argument("--out", metavar="DIR", default="lab-out", help="default: lab-out")
    parser.add_argument(
        "--workers", metavar="N", type=int, default=4, help="brokers side by side; default: 4"
    )
    parser.add_argument(
        "--watch", metavar="RSTSCOPE", help="watch live, too; writes CAPTURE.live.ndjson"
    )
    parser.add_argument(
        "--pairs", action="store_true", help="record every story at the broker and at the client"
    )
    parser.add_argument("--list", action="store_true", help="names the stories")
    return parser.parse_args()


def known(pattern):
    if not any(wanted(name, [pattern]) for name in STORIES):
        raise argparse.ArgumentTypeError("no story is named %s" % pattern)
    return pattern


def interrupt(number, stack):
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
