"""Runs pipelines of commands, as many at once as are given, and tells what they took together.

usage: pipeline.py AT_ONCE COMMAND ARG... '|' COMMAND ARG...
"""

import os
import subprocess
import sys
import time


def start(commands):
    processes, source = [], None
    for index, command in enumerate(commands):
        last = index == len(commands) - 1
        process = subprocess.Popen(
            command, stdin=source, stdout=subprocess.DEVNULL if last else subprocess.PIPE
        )
        if source:
            source.close()
        source = process.stdout
        processes.append(process)
    return processes


def main():
    at_once = int(sys.argv[1])
    commands = [[]]
    for word in sys.argv[2:]:
        if word == "|":
            commands.append([])
        else:
            commands[-1].append(word)
    began = time.monotonic()
    running = [process for _ in range(at_once) for process in start(commands)]
    cpu = peak = 0
    for process in running:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{process.args[0]} ended with {process.returncode}")
        cpu += usage.ru_utime + usage.ru_stime
        peak += usage.ru_maxrss
    print(f"done {time.monotonic() - began:.6f} {cpu:.2f} {peak}", flush=True)


main()
