"""A real S3 endpoint: one Ceph RADOS gateway on memory, from Debian's packages, on random ports."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.services.required import required
from tests.services.waiting import wait_for

CONFIGURATION = """[global]
fsid = {fsid}
mon host = [v2:127.0.0.1:{msgr2},v1:127.0.0.1:{msgr1}]
public addr = 127.0.0.1
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
keyring = {folder}/keyring
log file = {folder}/$name.log
admin socket = {folder}/run/$name.asok
pid file = {folder}/run/$name.pid
run dir = {folder}/run
crash dir = {folder}/run
mon data = {folder}/mon
osd data = {folder}/osd
osd objectstore = memstore
memstore device bytes = 1073741824
osd class load list = *
osd class default list = *
osd pool default size = 1
osd pool default min size = 1
osd crush chooseleaf type = 0
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
mon allow pool size one = true
mon max pg per osd = 2000
mon data avail crit = 1
paxos propose interval = 0.02
paxos min wait = 0.01
rgw frontends = beast endpoint=127.0.0.1:{port} tcp_nodelay=1
rgw crypt require ssl = false
rgw dynamic resharding = false
rgw enable usage log = false
"""
KEYS = (
    ("client.admin", {"mon": "allow *", "osd": "allow *", "mgr": "allow *"}),
    ("client.rgw", {"mon": "allow *", "osd": "allow *", "mgr": "allow *"}),
    ("osd.0", {"mon": "allow profile osd", "osd": "allow *", "mgr": "allow profile osd"}),
)


@dataclass(frozen=True)
class S3Endpoint:
    """Address and credentials of the running gateway."""

    url: str
    access_key: str
    secret_key: str

    def storage_options(self, bucket: str) -> dict[str, object]:
        """OPTIONS of django-storages' S3Storage, as the settings write them."""
        return {
            "bucket_name": bucket,
            "endpoint_url": self.url,
            "access_key": self.access_key,
            "secret_key": self.secret_key,
            "region_name": "default",
            "querystring_auth": True,
            "file_overwrite": False,
            "default_acl": None,
        }

    def client(self, secret_key: str | None = None) -> object:
        """A boto3 client; another ``secret_key`` to see it refused."""
        import boto3

        return boto3.client(
            "s3",
            endpoint_url=self.url,
            region_name="default",
            aws_access_key_id=self.access_key,
            aws_secret_access_key=secret_key or self.secret_key,
        )


@contextmanager
def rados_gateway() -> Iterator[S3Endpoint]:
    """Start monitor, store and gateway in a folder of their own; end and remove them afterwards."""
    for program, package in (
        ("ceph-mon", "ceph-mon"),
        ("ceph-osd", "ceph-osd"),
        ("radosgw", "radosgw"),
        ("ceph", "ceph-common"),
        ("monmaptool", "ceph-common"),
    ):
        required(program, package)
    folder = Path(tempfile.mkdtemp(prefix="rgw-", dir="/tmp"))  # a short path: socket names have a limit
    gateway = _Gateway(folder)
    try:
        yield gateway.start()
    finally:
        gateway.stop()
        shutil.rmtree(folder, ignore_errors=True)


class _Gateway:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.fsid = str(uuid.uuid4())
        self.msgr2, self.msgr1, self.port = _free_ports(3)
        self.daemons: list[subprocess.Popen[bytes]] = []
        for name in ("mon", "osd", "run"):
            (folder / name).mkdir()
        text = CONFIGURATION.format(
            fsid=self.fsid, folder=folder, msgr2=self.msgr2, msgr1=self.msgr1, port=self.port
        )
        (folder / "ceph.conf").write_text(text)

    def start(self) -> S3Endpoint:
        self._monitor()
        self._store()
        self._daemon("radosgw", "-n", "client.rgw", "-f")
        access, secret = "AKTEST", uuid.uuid4().hex
        self._run("radosgw-admin", "user", "create", "--uid=t", "--display-name=t", f"--access-key={access}",
                  f"--secret-key={secret}")  # fmt: skip
        endpoint = S3Endpoint(f"http://127.0.0.1:{self.port}", access, secret)
        wait_for(lambda: _listens(endpoint.url), "the RADOS gateway", self._trouble)
        return endpoint

    def stop(self) -> None:
        for daemon in reversed(self.daemons):
            daemon.kill()
            daemon.wait()

    def _monitor(self) -> None:
        address = f"[v2:127.0.0.1:{self.msgr2},v1:127.0.0.1:{self.msgr1}]"
        self._run("monmaptool", "--create", "--clobber", "--fsid", self.fsid, "--addv", "a", address, "monmap",
                  configured=False)  # fmt: skip
        keyring = ["ceph-authtool", "keyring", "--gen-key", "-n"]
        self._run(*keyring, "mon.", "--create-keyring", "--cap", "mon", "allow *", configured=False)
        for name, caps in KEYS:
            flags = [word for service, cap in caps.items() for word in ("--cap", service, cap)]
            self._run(*keyring, name, *flags, configured=False)
        self._run("ceph-mon", "-i", "a", "--mkfs", "--monmap", "monmap", "--keyring", "keyring")
        self._daemon("ceph-mon", "-i", "a", "-f")

    def _store(self) -> None:
        self._run("ceph", "osd", "create", str(uuid.uuid4()))
        store = json.loads(self._run("ceph", "osd", "dump", "-f", "json"))["osds"][0]["uuid"]
        self._run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", store, "--keyring", "keyring")
        self._daemon("ceph-osd", "-i", "0", "-f")
        wait_for(lambda: self._up(), "the Ceph store", self._trouble)

    def _up(self) -> bool:
        return bool(json.loads(self._run("ceph", "osd", "stat", "-f", "json"))["num_up_osds"])

    def _command(self, words: tuple[str, ...], configured: bool) -> list[str]:
        program = required(words[0], "ceph-common")
        return [program, *(["-c", str(self.folder / "ceph.conf")] if configured else []), *words[1:]]

    def _run(self, *words: str, configured: bool = True) -> str:
        command = self._command(words, configured)
        environment = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONHOME": "", "PYTHONPATH": ""}
        done = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {done.stderr[-2000:]}")
        return done.stdout

    def _daemon(self, *words: str) -> None:
        with (self.folder / f"{words[0]}.out").open("wb") as output:
            command = self._command(words, configured=True)
            self.daemons.append(
                subprocess.Popen(
                    command, cwd=self.folder, stdout=output, stderr=output, stdin=subprocess.DEVNULL
                )
            )

    def _trouble(self) -> str:
        return "\n".join(path.read_text(errors="replace")[-800:] for path in self.folder.glob("*.out"))


def _listens(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()
