"""The measurements. Each section returns plain data; median() and ratio() read it."""

import json
import os
import re
import statistics
import subprocess
import time

from measure.load import offer, order, wrk
from measure.servers import HOME, jdk

MAX_OFFERED = 4000
OFFERED = (500, 1000, 2000, 3000, 4000, 5000, 6000, 8000)
CALLS = ("order by id", "page of 50", "health", "sessions", "quote")


class Plan:
    """How long and how often. quick shows that everything works, and roughly how fast it is."""

    def __init__(self, quick):
        self.pairs = 1 if quick else 5
        self.window = 3 if quick else 4
        self.warm_up = 10 if quick else 45
        self.warm_up_reads = 5 if quick else 15
        self.settle = 3
        self.curve_window = 2 if quick else 4
        self.plateau = 20 if quick else 60
        self.starts = 2 if quick else 5
        self.batch = (100_000, 1, 4) if quick else (100_000, 5, 10)
        self.history = (20_000,) if quick else (1_000_000,)


def say(text):
    print(text, flush=True)


def figures(run):
    return ", ".join(f"{key} {value:,.1f}" for key, value in run.items() if isinstance(value, (int, float)))


def rows(runs):
    for name, run in runs.items():
        say(f"  {name}: {figures(run)}")


def alternate(plan, tasks):
    """Runs all tasks in turn, as often as the plan has pairs. Returns the list of results of each task."""
    results = {name: [] for name in tasks}
    for pair in range(plan.pairs):
        for name, task in tasks.items():
            results[name].append(task())
            rows({f"{pair + 1}, {name}": results[name][-1]})
    return results


def median(runs, key):
    return statistics.median(run[key] for run in runs)


def ratios(runs, others, key="rate"):
    """The ratios of the pairs: median, lowest, highest."""
    of_pairs = [run[key] / max(other[key], 1e-9) for run, other in zip(runs, others)]
    return statistics.median(of_pairs), min(of_pairs), max(of_pairs)


def orders(bench, plan):
    """Durable orders in a closed loop, and at constant rates."""
    each, group = bench.peer("each"), bench.peer("group")
    kassa, h2 = bench.kassa(database="kassa"), bench.kassa(folder="h2")
    named = {"each": each, "group": group, "kassa": kassa, "h2": h2}
    with bench.running(*named.values()):
        for name, server in named.items():
            wrk(bench, server, "order", 64, plan.warm_up if name in ("kassa", "h2") else plan.settle)
        wrk(bench, kassa, "order with key", 64, plan.settle)

        def closed(server, call="order", clients=64):
            return lambda: wrk(bench, server, call, clients, plan.window)

        tasks = {name: closed(server) for name, server in named.items()}
        tasks |= {f"{name} with key": closed(named[name], "order with key") for name in ("each", "group", "kassa")}
        tasks |= {f"{name} 256": closed(named[name], clients=256) for name in ("each", "group", "kassa")}
        result = alternate(plan, tasks)

        capacity = {name: median(result[name], "rate") for name in named}
        rate = {name: round(min(MAX_OFFERED, capacity[name] / 2)) for name in named}

        def at(server, offered):
            return lambda: offer(bench, server, plan.window, offered)

        say(f"offered at a constant rate: {rate['kassa']}/s, H2 {rate['h2']}/s, Go also at half of its own capacity")
        result |= alternate(plan, {
            "kassa offered": at(kassa, rate["kassa"]),
            "each offered": at(each, rate["kassa"]),
            "group offered": at(group, rate["kassa"]),
            "h2 offered": at(h2, rate["h2"]),
            "each offered h2": at(each, rate["h2"]),
            "each offered half": at(each, rate["each"]),
        })
        result["rates"] = rate
        result["curves"] = {name: curve(bench, plan, server, capacity[name]) for name, server in named.items()}
        result["memory"] = {name: server.memory() for name, server in named.items()}
    return result


def curve(bench, plan, server, capacity):
    """Rate and P99 over offered load, until the server is clearly beyond its capacity."""
    points = []
    for offered in OFFERED:
        point = offer(bench, server, plan.curve_window, offered)
        points.append({key: point[key] for key in ("rate", "p50", "p99")} | {"offered": offered})
        rows({f"{server.name} at {offered}/s": points[-1]})
        if point["rate"] < 0.7 * offered or offered > 1.5 * capacity:
            break
    return points


def calls(bench, plan):
    """Calls that store nothing, from a fresh start, each after the same warm-up."""
    peer, kassa = bench.peer("each"), bench.kassa(database="kassa")
    with bench.running(peer, kassa):
        result = {"differences": differences(peer, kassa)}
        ids = {}
        for server in (peer, kassa):
            ids[server] = bench.folder / f"{server.port}.ids"
            ids[server].write_text("\n".join(order_ids(server, 1000)) + "\n")
        bench.analyze()
        for call in CALLS:
            for server in (peer, kassa):
                wrk(bench, server, call, 64, plan.warm_up_reads if server is kassa else plan.settle, ids[server])
            result |= alternate(plan, {
                f"{name} {call}": lambda server=server, call=call: wrk(bench, server, call, 64, plan.window, ids[server])
                for name, server in (("go", peer), ("kassa", kassa))})
    return result


def order_ids(server, count):
    return [json.loads(server.call("POST", "/v1/orders", order(n))[2])["id"] for n in range(count)]


def differences(peer, kassa):
    """Names of the fields in which the answers of both differ, other than ids, numbers and times."""
    def fields(value, path=""):
        if isinstance(value, dict):
            return {name for key, part in value.items() for name in fields(part, f"{path}/{key}")} or {f"{path} {{}}"}
        if isinstance(value, list):
            return {name for part in value for name in fields(part, f"{path}[]")} or {f"{path} []"}
        own = re.fullmatch(r".*/(id|number|placedAt|updatedAt|createdAt|lastUsedAt|nextCursor|device|address)", path)
        return {path if own else f"{path} = {json.dumps(value)}"}

    found = set()
    for n in (9, 49, 59):
        placed = {server: json.loads(server.call("POST", "/v1/orders", order(n))[2])["id"] for server in (peer, kassa)}
        for method, path in (("POST", "/v1/quotes"), ("GET", "/v1/orders/{id}"), ("GET", "/v1/orders?limit=1"), ("GET", "/v1/sessions"), ("GET", "/health")):
            answers = [json.loads(server.call(method, path.replace("{id}", placed[server]), order(n) if method == "POST" else None)[2])
                       for server in (peer, kassa)]
            found |= {f"{path}: {name}" for name in fields(answers[0]) ^ fields(answers[1])}
    for name in sorted(found):
        say(f"  the answers differ in {name}")
    return sorted(found)


def starts(bench, plan):
    """From the launcher to the first answer; idle memory; the first order."""
    kassa_old = bench.kassa(folder="old")
    kassa_old.start("/health/ready")
    kassa_old.login()
    kassa_old.stop()
    result = {name: [] for name in ("java", "go", "new", "old")}
    for n in range(plan.starts):
        started = time.monotonic()
        subprocess.run([jdk() / "bin/java", "-XX:+UseSerialGC", "-version"], check=True, capture_output=True)
        result["java"].append({"ms": (time.monotonic() - started) * 1000})
        peer = bench.peer("group")
        result["go"].append({"ms": peer.start() * 1000} | idle(peer))
        peer.stop()
        new = bench.kassa(folder=f"new{n}")
        result["new"].append({"ms": new.start() * 1000})
        new.stop()
        started = time.monotonic()
        old = {"ms": kassa_old.start() * 1000}
        while kassa_old.status("POST", "/v1/orders", order(1)) != 201:
            time.sleep(0.002)
        old["first order"] = (time.monotonic() - started) * 1000
        kassa_old.wait_for("/health/ready", started)
        old["ready"] = (time.monotonic() - started) * 1000
        result["old"].append(old | idle(kassa_old))
        kassa_old.stop()
        rows({f"{n + 1}, {name}": runs[-1] for name, runs in result.items()})
    return result


def idle(server):
    time.sleep(2)
    return server.memory()


def warm_up(bench, plan):
    """Orders by second after a start, and the memory after a minute of load, also with a small heap."""
    result = {"first": [], "memory": {}}
    kassa = bench.kassa(database="kassa_warm_up")
    with bench.running(kassa):
        pass
    for n in range(plan.starts):
        with bench.running(kassa):
            run = offer(bench, kassa, plan.plateau if n == 0 else 6)
            say(f"  {n + 1}, Kassa: orders by second {run['windows']}")
            result["first"].append({"rate": sum(run["windows"][:5]) / 5})
            if n == 0:
                result["kassa"] = run["windows"]
                result["memory"]["kassa"] = kassa.memory()
    small = bench.kassa(database="kassa_warm_up", java_opts="-Xmx64m")
    with bench.running(small):
        result["failed"] = offer(bench, small, plan.plateau)["failed"]
        result["memory"]["small"] = small.memory()
    for commit in ("each", "group"):
        peer = bench.peer(commit)
        with bench.running(peer):
            result[commit] = offer(bench, peer, plan.plateau / 3)["windows"]
            result["memory"][commit] = peer.memory()
    rows(result["memory"])
    return result


def batch(_, plan):
    """Batches in memory, by bench/process/run."""
    text = script("process/run", *plan.batch, "0")
    found = re.findall(r"^(kassa|go), (.*?), 0 ms +([\d.]+) +(\d+)$", text, re.M)
    return {"orders": plan.batch[0]} | {f"{name}, {bound}": {"ms": float(ms), "peak": int(peak)} for name, bound, ms, peak in found}


def lists(_, plan):
    """Lists of many orders with one filter and with two, by bench/history/run."""
    result = {"orders": plan.history[0]}
    for kind in ("h2", "postgresql"):
        text = script("history/run", *plan.history, kind, "", "short")
        one = [float(ms) for ms in re.findall(r"^.*, -?(?:placedAt|total) +([\d.]+) +[\d.]+(?:  over)?$", text.partition("two filters")[0], re.M)]
        below, pairs = re.search(r"^(\d+) of (\d+) below", text, re.M).groups()
        result[kind] = {"median": statistics.median(one), "slowest": max(one), "below": int(below), "pairs": int(pairs)}
    return result


def script(name, *arguments):
    """Runs another benchmark, shows its output, and returns it."""
    lines = []
    with subprocess.Popen([HOME / "bench" / name, *map(str, arguments)], stdout=subprocess.PIPE, text=True, env=os.environ) as process:
        for line in process.stdout:
            lines.append(line)
            say("  " + line.rstrip())
    if process.returncode:
        raise RuntimeError(f"bench/{name} failed")
    return "".join(lines)


SECTIONS = {"starts": starts, "warm-up": warm_up, "orders": orders, "calls": calls, "batch": batch, "lists": lists}
