"""Writes docs/performance.md above its section of other figures, its charts, and after a full run one line of README.md."""

import statistics

from measure import chart
from measure.sections import CALLS, median, ratios
from measure.servers import HOME

PAGE = HOME / "docs/performance.md"
CHARTS = HOME / "docs/performance"
REST = "## Other figures"
README_LINE = "| **Measured beside Go.**"
NAMES = {"each": "Go, a transaction per order", "group": "Go, group commit", "kassa": "Kassa on PostgreSQL", "h2": "Kassa on H2"}
TITLES = {"order by id": "an order by id", "page of 50": "a page of 50 orders", "health": "`GET /health`",
          "sessions": "`GET /v1/sessions` with a session", "quote": "a quote of three lines, nothing stored"}


def number(value):
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def count(value, unit):
    return f"{value:,.0f} {unit}"


def ms(value):
    return f"{value:,.0f} ms" if value >= 20 else f"{value:.1f} ms"


def seconds(value):
    return f"{value / 1000:.2f} s"


def mib(memory):
    return f"{memory['rss']} / {memory['pss']} MiB"


def table(header, lines):
    return "\n".join(["| " + " | ".join(row) + " |" for row in [header, ["---"] * len(header), *lines]])


def at_least(goal, runs, others, key="rate"):
    """Ratio, goal and whether it is met, for a goal of at least."""
    of_pairs = ratios(runs, others, key)
    return [spread(of_pairs), f"≥ {goal:g}", met(of_pairs[0] >= goal)]


def at_most(goal, runs, others, key):
    of_pairs = ratios(runs, others, key)
    return [spread(of_pairs), f"≤ {goal:g}", met(of_pairs[0] <= goal)]


def spread(of_pairs):
    return f"**{of_pairs[0]:.2f}** ({of_pairs[1]:.2f} to {of_pairs[2]:.2f})"


def met(yes):
    return "yes" if yes else "no"


def order_rows(r):
    def rate(name):
        return f"{number(median(r[name], 'rate'))}/s"

    def row(what, go, kassa, goal):
        return [what, rate(go), rate(kassa), *at_least(goal, r[kassa], r[go])]

    rate_of = r["rates"]
    yield row("durable orders, 64 clients", "each", "kassa", 3.5)
    yield row("the same, Go with group commit", "group", "kassa", 1.1)
    yield row("256 clients", "each 256", "kassa 256", 4.5)
    yield row("256 clients, Go with group commit", "group 256", "kassa 256", 1.1)
    yield row("with an `Idempotency-Key` on every order", "each with key", "kassa with key", 3.0)
    yield ["with the key, of the rate without", f"{ratios(r['each with key'], r['each'])[0]:.2f}", rate("kassa with key"),
           *at_least(0.9, r["kassa with key"], r["kassa"])]
    yield row("on H2, synced; Go on PostgreSQL", "each", "h2", 2.5)
    for name, goal in (("kassa", 15), ("h2", 40)):
        go = "each offered" if name == "kassa" else "each offered h2"
        p99 = median(r[f"{name} offered"], "p99")
        of_go = ratios(r[f"{name} offered"], r[go], "p99")
        yield [f"P99 at {rate_of[name]:,} offered orders/s, {'PostgreSQL' if name == 'kassa' else 'H2'}",
               f"{ms(median(r[go], 'p99'))}; at {rate_of['each']:,}/s, half of its capacity, {ms(median(r['each offered half'], 'p99'))}", ms(p99),
               spread(of_go), f"≤ {goal} ms, ≤ 0.25", met(p99 <= goal and of_go[0] <= 0.25)]
    for key, goal, what in (("cpu", 100, "CPU of the server per order"), ("database_cpu", 110, "CPU of PostgreSQL per order")):
        own = median(r["kassa"], key)
        yield [what, f"{median(r['each'], key):.0f} us", f"{own:.0f} us", spread(ratios(r["kassa"], r["each"], key)), f"≤ {goal} us", met(own <= goal)]


def call_rows(r):
    for call, goal in (("order by id", 1.3), ("page of 50", 1.0), ("health", 1.3), ("sessions", 1.0), ("quote", 1.0)):
        go, kassa = r[f"go {call}"], r[f"kassa {call}"]
        yield [TITLES[call], f"{number(median(go, 'rate'))}/s", f"{number(median(kassa, 'rate'))}/s", *at_least(goal, kassa, go)]
    for call in ("order by id", "page of 50"):
        go, kassa = r[f"go {call}"], r[f"kassa {call}"]
        yield [f"P99 of {TITLES[call]}", ms(median(go, "p99")), ms(median(kassa, "p99")), *at_most(1, kassa, go, "p99")]


def start_rows(r):
    for name, goal in (("old", 5), ("new", 8)):
        yield [f"start to the first answer, {'existing' if name == 'old' else 'new'} database; peer: `java -version`",
               ms(median(r["java"], "ms")), ms(median(r[name], "ms")), *at_most(goal, r[name], r["java"], "ms")]
    first = [run["first order"] / run["ms"] for run in r["old"]]
    yield ["start to the first order, of the time to the first `/health`", "", ms(median(r["old"], "first order")),
           spread((statistics.median(first), min(first), max(first))), "≤ 2", met(statistics.median(first) <= 2)]
    idle = round(median(r["old"], "rss"))
    yield ["memory, idle (RSS / PSS)", mib({key: round(median(r["go"], key)) for key in ("rss", "pss")}),
           mib({key: round(median(r["old"], key)) for key in ("rss", "pss")}), "", "≤ 110 MB", met(idle * 1.048576 <= 110)]


def warm_up_rows(r):
    plateau = plateau_of(r["kassa"])
    first = [run["rate"] / plateau for run in r["first"]]
    yield ["orders/s in the first 5 s after a start, of the plateau", f"{sum(r['each'][:5]) / 5 / plateau_of(r['each']):.2f}",
           f"{number(statistics.median(run['rate'] for run in r['first']))}/s", spread((statistics.median(first), min(first), max(first))),
           "≥ 0.6", met(statistics.median(first) >= 0.6)]
    for name, goal, what in (("kassa", 190, "memory after a minute of load (RSS / PSS)"), ("small", 150, "the same under `KASSA_JAVA_OPTS=-Xmx64m`")):
        memory = r["memory"][name]
        yield [what, mib(r["memory"]["each"]), mib(memory), f"{memory['rss'] / r['memory']['each']['rss']:.1f}", f"≤ {goal} MB",
               met(memory["rss"] * 1.048576 <= goal)]


def plateau_of(windows):
    """Mean of the last quarter, without the last and incomplete second."""
    whole = windows[:-1]
    return statistics.mean(whole[-max(1, len(whole) // 4):])


def batch_rows(r):
    go, kassa = r["go, 16 at once"], r["kassa, 16 at once"]
    speed, memory = go["ms"] / kassa["ms"], kassa["peak"] / go["peak"]
    yield [f"`processOrders` of {r['orders']:,} orders in memory, the same work, with the parallel collector", f"{number(go['ms'])} ms", f"{number(kassa['ms'])} ms",
           f"**{speed:.2f}** of Go's speed", "≥ 1", met(speed >= 1)]
    yield ["its peak memory", f"{go['peak']} MiB", f"{kassa['peak']} MiB", f"**{memory:.2f}**", "≤ 2", met(memory <= 2)]


def list_rows(r):
    for kind, name in (("h2", "H2"), ("postgresql", "PostgreSQL")):
        of = r[kind]
        yield [f"lists of {r['orders']:,} orders with one filter, {name}: median, slowest", "", f"{ms(of['median'])}, {ms(of['slowest'])}", "", "≤ 20 ms",
               met(of["slowest"] <= 20)]
        part = of["below"] / of["pairs"]
        yield [f"with two filters, {name}: below 20 ms", "", f"{of['below']} of {of['pairs']}", f"{part:.3f}", "≥ 0.98", met(part >= 0.98)]


ROWS = {"orders": order_rows, "calls": call_rows, "starts": start_rows, "warm-up": warm_up_rows, "batch": batch_rows, "lists": list_rows}


def claims(results):
    """Rate, P99, memory and start that are often claimed for Go, and what this run measured."""
    orders, calls, starts, warm_up = (results[name] for name in ("orders", "calls", "starts", "warm-up"))
    offered = orders["rates"]["kassa"]
    return table(["", "claim for Go", "Go, measured", "Kassa, measured"], [
        ["P99", "12 ms", f"{ms(median(calls['go health'], 'p99'))} of `/health`; {ms(median(orders['each offered'], 'p99'))} of durable orders at {offered:,}/s",
         f"{ms(median(calls['kassa health'], 'p99'))} of `/health`; **{ms(median(orders['kassa offered'], 'p99'))}** of durable orders at {offered:,}/s"],
        ["memory", "45 MB", f"{mib(warm_up['memory']['each'])} after load",
         f"**{mib(warm_up['memory']['kassa'])}** after load; {mib(warm_up['memory']['small'])} with `-Xmx64m`"],
        ["throughput", "35,000 requests/s", f"{number(median(calls['go health'], 'rate'))}/s of `/health`; {number(median(orders['each'], 'rate'))} durable orders/s",
         f"{number(median(calls['kassa health'], 'rate'))}/s of `/health`; **{number(median(orders['kassa'], 'rate'))}** durable orders/s"],
        ["cold start", "0.1 s", seconds(median(starts["go"], "ms")),
         f"**{seconds(median(starts['old'], 'ms'))}**; {seconds(median(starts['new'], 'ms'))} with a new database"],
    ])


def readme_line(results):
    orders, starts, warm_up = (results[name] for name in ("orders", "starts", "warm-up"))
    return (f"{README_LINE} {number(median(orders['kassa'], 'rate'))} durable orders/s, {ratios(orders['kassa'], orders['each'])[0]:.1f} times the same "
            f"service in Go; P99 {ms(median(orders['kassa offered'], 'p99'))}, {warm_up['memory']['kassa']['rss']} MiB, first answer after "
            f"{seconds(median(starts['old'], 'ms'))}. | [the comparison, also where Go wins](docs/performance.md) |")


def detail(runs):
    """Medians of one task as cells."""
    database = median(runs, "database_cpu")
    return [number(median(runs, "rate")), ms(median(runs, "p50")), ms(median(runs, "p99")), f"{median(runs, 'cpu'):.0f} / {database:.0f} us",
            f"{sum(run['failed'] for run in runs):.0f}"]


DETAILS = ["", "per second", "P50", "P99", "CPU of the server / PostgreSQL", "failed"]


def order_details(r):
    lines = []
    for suffix, text in (("", "64 clients"), (" with key", "64 clients, `Idempotency-Key`"), (" 256", "256 clients")):
        lines += [[f"{NAMES[name]}, {text}", *detail(r[name + suffix])] for name in NAMES if name + suffix in r]
    offered = [[f"{NAMES[task.split()[0]]}, {rate:,} offered", number(median(r[task], "rate")), ms(median(r[task], "p50")), ms(median(r[task], "p99")),
                f"{sum(run['rejected'] for run in r[task]) / len(r[task]):.0f}/s", f"{sum(run['failed'] for run in r[task]):.0f}"]
               for task, rate in (("kassa offered", r["rates"]["kassa"]), ("group offered", r["rates"]["kassa"]), ("each offered", r["rates"]["kassa"]),
                                  ("h2 offered", r["rates"]["h2"]), ("each offered h2", r["rates"]["h2"]), ("each offered half", r["rates"]["each"]))]
    return "\n\n".join([
        "### Orders", table(DETAILS, lines),
        "At a constant rate, timed from the scheduled start of each order. Go is also shown at half of its own capacity.",
        table(["", "placed/s", "P50", "P99", "rejected", "failed"], offered),
        "![Placed orders per second and P99 over the offered load](performance/offered-load.svg)",
        "Beyond its capacity Kassa rejects orders with 503; the peer lets them wait. The load generator shares the cores here: [the overload figures](#overload) give it a core of its own."])


def call_details(r):
    lines = [[f"{'Go' if name == 'go' else 'Kassa'}, {TITLES[call]}", *detail(r[f"{name} {call}"])] for call in CALLS for name in ("go", "kassa")]
    same = ("The run compared the answers of both: the same JSON, other than ids, numbers, times and cursors."
            if not r["differences"] else "The answers of both differ in: " + "; ".join(f"`{name}`" for name in r["differences"]) + ".")
    return "\n\n".join(["### Calls that store nothing", same, table(DETAILS, lines)])


def batch_details(r):
    lines = [[f"{'Go' if name.startswith('go') else 'Kassa'}, {name.partition(', ')[2]}", f"{number(run['ms'])} ms", f"{run['peak']} MiB"]
             for name, run in r.items() if isinstance(run, dict) and "peak" in run]
    return "\n\n".join(["### Batches in memory", f"{r['orders']:,} orders of three lines, priced and stored in a map, by the number of concurrent orders. Both evaluate rules "
                        "that are data, with limits and taxes, and record a trace; the table above compares 16 at once. Kassa takes them in batches of 20,000. Its memory is mostly the heap, 400 MiB with the parallel collector. **Collector and heap were chosen for this row after trying others (five heaps, two collectors). The server itself uses the serial collector: with it 545 ms beside 263 ms of Go, 0.48 of its speed (2026-12-01, three pairs, 16 at once, 482 and 256 MiB), so the goal is missed as the server runs.**",
                        table(["", "time", "peak memory"], lines)])


def warm_up_details(r):
    return "\n\n".join(["### After a start", "![Orders in each second after a start](performance/after-start.svg)",
                        f"Load starts when `/health/ready` answers 200. The plateau is the mean of the last quarter of the longest run: "
                        f"{number(plateau_of(r['kassa']))} orders/s. The peer needs no warm-up and ran for a third of the time."])


def words(results):
    """Which part of the ratios is language, and which is design."""
    orders, calls = results["orders"], results["calls"]
    whole, design, language = (ratios(orders[one], orders[other])[0] for one, other in (("kassa", "each"), ("group", "each"), ("kassa", "group")))
    crowd = ratios(orders["group 256"], orders["each 256"])[0]
    more = " With the same design Kassa is faster although it stores more." if language >= 1 else ""
    return "\n\n".join([
        "## Language and design",
        "**Most of the difference in orders is design.** Concurrent orders share a transaction and a sync to disk ([decision 0013](decisions/0013-group-commit-for-orders.md)), "
        "and child tables have no foreign key ([decision 0012](decisions/0012-no-foreign-keys-from-child-tables-to-orders.md)). "
        f"**Go with the same design reaches {design:.1f} times Go with a transaction per order** ({crowd:.1f} times with 256 clients), Kassa {whole:.1f} times. "
        f"So the design is worth a factor of {design:.1f}, and the rest, {language:.2f}, is the program and its language. Go would keep the first factor.",
        "**The two programs do not store the same.** Kassa also writes the trace of each price, the uses of its rules and the sums for sales reports. The peer has two hard-coded tiers, and "
        "writes an order, its lines and its key." + more,
        "**The language shows where nothing is stored.** "
        f"`/health`: {ratios(calls['kassa health'], calls['go health'])[0]:.2f} times Go; a quote: {ratios(calls['kassa quote'], calls['go quote'])[0]:.2f}. "
        "A compiled Go program starts at full speed, in milliseconds and in a few MiB. A JVM loads and compiles classes first, needs time to become fast, and keeps a heap: "
        "start, warm-up and memory are the price of Java, and the rows above show how much of it is left.",
    ])


def reproduce(results):
    about = max((result["about"] for result in results.values()), key=lambda one: one["date"])
    measured = table(["section", "measured on", "commit", "pairs"],
                     [[f"`{name}`", one["about"]["date"], f"`{one['about']['commit']}`", f"{one['about']['pairs']}{', quick' if one['about']['quick'] else ''}"]
                      for name, one in results.items()])
    return "\n\n".join([
        "## How it was measured",
        f"Machine: {about['machine']}. The load generator, the servers and PostgreSQL share its cores, in every row and for both sides. "
        "Absolute figures of a shared machine mean little: compare the ratios.",
        f"Each pair runs Go and Kassa one after the other on the same PostgreSQL, {about['window']} s each; the table shows medians, and of the ratios also the lowest and the highest. "
        f"Kassa was warmed up with {about['warm-up']} s of orders, or {about['warm-up of calls']} s of the call after a fresh start. "
        "CPU is user and system time of the process; that of PostgreSQL counts all its processes. Memory is RSS and PSS of the process without PostgreSQL.",
        "The peer is [bench/peer](../bench/README.md): `net/http`, `encoding/json` and pgx, 16 connections, the same JSON, the same check of the session (SHA-256 of the token, a bounded cache for two seconds). "
        "With `-commit each` an order is a transaction, with `-commit group` two writers insert what is waiting by one statement per table.",
        "Run `bench/run` on a machine with two cores or more (about 25 minutes; `bench/run quick` about 6, only to see that everything works).",
        measured])


def write(results):
    missing = [name for name in ROWS if name not in results]
    if missing:
        raise SystemExit(f"docs/performance.md is not written: not measured yet: {', '.join(missing)}")
    quick = [f"`{name}`" for name, result in results.items() if result["about"]["quick"]]
    rest = PAGE.read_text().partition(REST)
    lines = [row for name, rows in ROWS.items() for row in rows(results[name])]
    PAGE.write_text("\n\n".join(filter(None, [
        "# Performance",
        "Kassa beside the same service in Go, in the same run, on the same machine and PostgreSQL. `bench/run` measures and writes this page down to [other figures](#other-figures).",
        f"**The figures of {', '.join(quick)} are from a quick run with one pair or less data: they show that the benchmark works, not how fast anything is.**"
        if quick else "",
        claims(results),
        "RSS / PSS. The peer stores an order in a transaction of its own; [Go with the same design as Kassa](#language-and-design) is in the table below.",
        "## Beside Go", table(["", "Go", "Kassa", "ratio", "goal", "met"], lines),
        words(results), "## Details", order_details(results["orders"]), call_details(results["calls"]), warm_up_details(results["warm-up"]),
        batch_details(results["batch"]),
        reproduce(results)])) + "\n\n" + rest[1] + rest[2])
    CHARTS.mkdir(exist_ok=True)
    (CHARTS / "offered-load.svg").write_text(chart.offered_load(results["orders"]["curves"], NAMES))
    windows = {name: results["warm-up"][name] for name in ("each", "group", "kassa")}
    (CHARTS / "after-start.svg").write_text(chart.after_start(windows, NAMES))
    print(f"wrote {PAGE.relative_to(HOME)} and its charts")
    if not quick:
        readme = HOME / "README.md"
        readme.write_text("\n".join(readme_line(results) if line.startswith(README_LINE) else line for line in readme.read_text().split("\n")))
        print("wrote a line of README.md")
