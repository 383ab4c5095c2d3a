"""Load on a server: wrk for closed loops, bench/overload/offer for constant rates and for rates by second."""

import os
import re
import subprocess

from measure.servers import HOME

MILLISECONDS = {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}


def order(n):
    """The body of the n-th order: three lines, some of them with a discount."""
    lines = ((f"MUG-{n % 997}", n % 60 + 1, "12.50"), (f"TEE-{n % 89}", n % 12 + 1, "19.99"), (f"CAP-{n % 31}", n % 5 + 1, "7.25"))
    return '{"currency":"USD","lines":[%s]}' % ",".join(
        f'{{"sku":"{sku}","quantity":{quantity},"unitPrice":"{price}"}}' for sku, quantity, price in lines)


def wrk(bench, server, call, clients, seconds, ids=None):
    """Calls a server in a closed loop. Returns the rate of successful calls, P50 and P99 in ms, failed calls, and CPU per successful call in us."""
    environment = os.environ | {"TOKEN": server.token or "", "CALL": call, "IDS": str(ids or "")}
    java, database = server.cpu(), bench.database_cpu()
    text = subprocess.run(
        ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s", "--latency", "-s", HOME / "bench/measure/calls.lua", server.url],
        env=environment, check=True, capture_output=True, text=True, timeout=seconds + 60).stdout
    java, database = server.cpu() - java, bench.database_cpu() - database

    def percentile(percent):
        value, unit = re.search(rf"^\s+{percent}%\s+([\d.]+)(\w+)", text, re.M).groups()
        return float(value) * MILLISECONDS[unit]

    count = int(re.search(r"(\d+) requests in", text)[1])
    rejected = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    rejected = int(rejected[1]) if rejected else 0
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", text)
    done = count - rejected
    if not done:
        raise RuntimeError(f"{server.name} answered no {call}:\n{text}")
    return {
        "rate": float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]) * done / count,
        "p50": percentile(50),
        "p99": percentile(99),
        "failed": rejected + (sum(map(int, broken.groups())) if broken else 0),
        "cpu": java * 1e6 / done,
        "database_cpu": database * 1e6 / done,
    }


def offer(bench, server, seconds, rate=0, clients=64):
    """Places orders at a constant rate, timed from their scheduled start, or in a closed loop. Also returns orders by second."""
    text = subprocess.run(
        [bench.program("offer"), "-url", f"{server.url}/v1/orders", "-seconds", str(seconds), "-rate", str(rate), "-clients", str(clients), "-windows"],
        env=os.environ | {"TOKEN": server.token}, check=True, capture_output=True, text=True, timeout=seconds + 90).stdout
    totals, windows = text.splitlines()
    offered, placed, rejected, p50, p99, _, _, failed = map(float, totals.split())
    return {"offered": offered, "rate": placed, "rejected": rejected, "p50": p50, "p99": p99, "failed": failed,
            "windows": [int(count) for count in windows.split()]}
