"""PostgreSQL, Kassa and the peer: start, stop, CPU time and memory. Everything on loopback, in one temporary folder."""

import contextlib
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time

HOME = pathlib.Path(__file__).resolve().parents[2]
TICKS = os.sysconf("SC_CLK_TCK")
START_TIMEOUT = 300  # the first start after a build also creates the AOT cache
EMAIL, PASSWORD = "bench@localhost", "measure twice and cut once"
DATABASE_PORT = 15433
PEER_TOKEN = "peer-token"
PACKAGES = "apt-get install golang-go golang-github-jackc-pgx-v4-dev postgresql wrk curl"


def require_programs():
    """Ends the program if something is missing, and says how to install it."""
    for folder in sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin")):
        os.environ["PATH"] += os.pathsep + str(folder)
    missing = [name for name in ("go", "wrk", "curl", "initdb", "pg_ctl", "createdb") if not shutil.which(name)]
    if not pathlib.Path("/usr/share/gocode/src/github.com/jackc/pgx").exists():
        missing.append("pgx for Go")
    if missing:
        raise SystemExit(f"bench/run needs {', '.join(missing)}. On Debian: {PACKAGES}")


def jdk():
    """The home of the JDK 25 that ./kassa also finds."""
    for home in [os.environ.get("JAVA_HOME", ""), *sorted(map(str, pathlib.Path("/usr/lib/jvm").glob("*")))]:
        release = pathlib.Path(home, "release")
        if home and release.exists() and re.search(r'^JAVA_VERSION="25[."]', release.read_text(), re.M):
            return pathlib.Path(home)
    raise SystemExit("bench/run needs a JDK 25; set JAVA_HOME")


def cpu_of(pid, with_children=False):
    """CPU seconds of a process, if wished with those of its ended children."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15 if with_children else 13])) / TICKS


class Server:
    """A process that answers HTTP on a port of its own."""

    def __init__(self, name, command, port, token=None, environment=None):
        self.name, self.command, self.port, self.token = name, command, port, token
        self.url = f"http://127.0.0.1:{port}"
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("KASSA_")} | (environment or {})
        self.process = None
        self.log = None

    def start(self, path="/health"):
        """Starts the process, and returns the seconds until it answers a path."""
        self.log = tempfile.TemporaryFile("w+")
        started = time.monotonic()
        self.process = subprocess.Popen(
            self.command, env=self.environment, stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL)
        self.wait_for(path, started)
        return time.monotonic() - started

    def wait_for(self, path, started):
        while self.status("GET", path) != 200:
            if self.process.poll() is not None or time.monotonic() - started > START_TIMEOUT:
                self.log.seek(0)
                raise RuntimeError(f"{self.name} did not start:\n{self.log.read()[-4000:]}")
            time.sleep(0.002)

    def call(self, method, path, body=None, headers=None):
        """Calls the server once, and returns status, headers and text; raises OSError if nothing answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with contextlib.closing(connection):
            own = {"Content-Type": "application/json"} if body else {}
            if self.token:
                own["Authorization"] = f"Bearer {self.token}"
            connection.request(method, path, body, own | (headers or {}))
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()

    def status(self, method, path, body=None):
        try:
            return self.call(method, path, body)[0]
        except (OSError, http.client.HTTPException):
            return 0

    def login(self):
        """Logs in as the admin of a Kassa."""
        status, _, text = self.call("POST", "/v1/auth/login", json.dumps({"email": EMAIL, "password": PASSWORD}))
        if status != 200:
            raise RuntimeError(f"login failed at {self.name}: {text}")
        self.token = json.loads(text)["token"]

    def cpu(self):
        return cpu_of(self.process.pid)

    def memory(self):
        """RSS and PSS in MiB."""
        text = pathlib.Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        return {name: round(int(re.search(rf"^{name.capitalize()}:\s+(\d+)", text, re.M)[1]) / 1024) for name in ("rss", "pss")}

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None
        if self.log:
            self.log.close()


class Bench:
    """The folder, the database server and the programs of one run. Ends everything it started."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="kassa-bench-"))
        self.folder.chmod(0o755)
        self.servers = []
        self.ports = iter(range(18100, 18300))
        self.names = set()
        self.postmaster = None

    def __enter__(self):
        try:
            self.build("peer", pgx=True)
            self.build("overload/offer")
            subprocess.run([HOME / "kassa", "--version"], check=True, stdout=subprocess.DEVNULL)  # builds what is missing
            self.start_database()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for server in self.servers:
            server.stop()
        if self.postmaster:
            self.as_postgres("pg_ctl", "-D", self.data, "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def build(self, program, pgx=False):
        environment = os.environ | {"GO111MODULE": "off"} | ({"GOPATH": "/usr/share/gocode"} if pgx else {})
        subprocess.run(["go", "build", "-o", self.program(program), "."], cwd=HOME / "bench" / program, env=environment, check=True)

    def program(self, name):
        return self.folder / pathlib.Path(name).name

    def as_postgres(self, *command):
        """Runs a program of PostgreSQL, which does not run as root."""
        as_user = ["runuser", "-u", "postgres", "--", "env", f"PATH={os.environ['PATH']}"] if os.getuid() == 0 else []
        subprocess.run([*as_user, *command], check=True, stdout=subprocess.DEVNULL, cwd="/")

    def start_database(self):
        self.data = self.folder / "postgresql"
        self.data.mkdir()
        if os.getuid() == 0:
            shutil.chown(self.data, "postgres")
        self.as_postgres("initdb", "-D", self.data, "-U", "kassa", "--auth=trust", "-E", "UTF8")
        self.as_postgres("pg_ctl", "-D", self.data, "-w", "-l", self.data / "log", "start", "-o",
                         f"-p {DATABASE_PORT} -k {self.data} -c listen_addresses=127.0.0.1")
        self.postmaster = int((self.data / "postmaster.pid").read_text().split()[0])

    def database_cpu(self):
        """CPU seconds of all processes of PostgreSQL, also of ended ones."""
        total = cpu_of(self.postmaster, with_children=True)
        children = pathlib.Path(f"/proc/{self.postmaster}/task/{self.postmaster}/children").read_text().split()
        for child in children:
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                total += cpu_of(child)
        return total

    def database(self, name):
        """Creates a database if the run has not created it."""
        if name not in self.names:
            self.as_postgres("createdb", "-h", "127.0.0.1", "-p", str(DATABASE_PORT), "-U", "kassa", name)
            self.names.add(name)
        return name

    def analyze(self):
        """Vacuums all databases and collects their statistics, so that no side waits for autovacuum."""
        self.as_postgres("vacuumdb", "-h", "127.0.0.1", "-p", str(DATABASE_PORT), "-U", "kassa", "-q", "-a", "-z")

    def peer(self, commit, database=None):
        """The peer in Go, with one transaction per order ('each') or with group commit ('group')."""
        port = next(self.ports)
        database = self.database(database or f"peer_{commit}")
        dsn = f"postgres://kassa@127.0.0.1:{DATABASE_PORT}/{database}?sslmode=disable"
        return self.own(Server(f"Go, {commit}", [self.program("peer"), "-addr", f"127.0.0.1:{port}", "-dsn", dsn, "-commit", commit],
                               port, PEER_TOKEN))

    def kassa(self, database=None, folder=None, java_opts=None):
        """Kassa on a database of the PostgreSQL server, or with an embedded database in a folder of this run."""
        port = next(self.ports)
        where = ["--data-dir", self.folder / (folder or f"data{port}")]
        if database:
            where += ["--db-url", f"jdbc:postgresql://127.0.0.1:{DATABASE_PORT}/{self.database(database)}?user=kassa"]
        settings = {"KASSA_ADMIN_EMAIL": EMAIL, "KASSA_ADMIN_PASSWORD": PASSWORD, "KASSA_CALLS_PER_MINUTE": "100000000",
                    "KASSA_MAX_CONNECTIONS_PER_ADDRESS": "100000"}
        if java_opts:
            settings["KASSA_JAVA_OPTS"] = java_opts
        return self.own(Server(f"Kassa, {'PostgreSQL' if database else 'H2'}", [HOME / "kassa", "--port", str(port), *where], port, None, settings))

    def own(self, server):
        self.servers.append(server)
        return server

    @contextlib.contextmanager
    def running(self, *servers):
        """Starts servers, logs in where necessary, and stops them at the end."""
        try:
            for server in servers:
                server.start()
                if server.command[0] == HOME / "kassa":
                    server.wait_for("/health/ready", time.monotonic())
                    if not server.token:
                        server.login()
            yield
        finally:
            for server in servers:
                server.stop()


def machine():
    """What the figures depend on, as one line."""
    def first(pattern, path):
        found = re.search(pattern, pathlib.Path(path).read_text(), re.M)
        return found[1].strip() if found else "unknown"

    def version(*command):
        return subprocess.run(command, capture_output=True, text=True).stdout

    java = first(r'^JAVA_VERSION="(.*)"', jdk() / "release")
    memory = round(int(first(r"^MemTotal:\s+(\d+)", "/proc/meminfo")) / 2**20)
    go = re.search(r"go([\d.]+)", version("go", "version"))[1]
    postgresql = re.search(r"([\d.]+)", version("postgres", "--version"))[1]
    system = first(r'^PRETTY_NAME="(.*)"', "/etc/os-release")
    return (f"{os.cpu_count()} cores ({first(r'^model name.*: (.*)', '/proc/cpuinfo')}), {memory} GiB, {system}, "
            f"JDK {java}, Go {go}, PostgreSQL {postgresql} with fsync")
