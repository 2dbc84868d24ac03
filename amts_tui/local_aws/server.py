"""The local endpoint as a server: S3, STS, IAM and Amazon Translate on one port of 127.0.0.1."""

import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

from amts_tui.errors import AmtsError
from amts_tui.local_aws import batch, imports, resources
from amts_tui.local_aws.clock import Clock
from amts_tui.local_aws.engine import Engine
from amts_tui.local_aws.errors import ServiceError
from amts_tui.local_aws.locations import Locations
from amts_tui.local_aws.records import ImportResult, Job, JobResult
from amts_tui.local_aws.state import Holdings, State
from amts_tui.local_aws.storage import ACCESS_KEY, SECRET_KEY, Storage, check_bucket_name
from amts_tui.local_aws.translator.choice import Translators
from amts_tui.local_aws.wire import Wire

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

HOST: Final = "127.0.0.1"
REGION: Final = "us-west-2"
ACCOUNT: Final = "123456789012"
ROLE_ARN: Final = f"arn:aws:iam::{ACCOUNT}:role/amts-local"
"""A role for jobs; the local endpoint takes any that has the form of one."""

_WORKERS: Final = 4
_POLL_SECONDS: Final = 0.05
_LOG = logging.getLogger(__name__)
_LOG.addHandler(logging.NullHandler())
_running = 0
_running_lock = threading.Lock()


class LocalEndpoint:
    """A local Amazon Translate over a local S3, served from a background thread while started.

    `port` 0 takes any free port; service time passes `speed` times faster than the clock. `buckets` are made
    at the start, in the region of `environment`. All endpoints of one process share their buckets, which are
    emptied when the last one stops.
    """

    def __init__(self, port: int = 0, speed: float = 1.0, buckets: Sequence[str] = ()) -> None:
        if speed <= 0:
            raise AmtsError(f"the speed of the local endpoint must be above 0, not {speed:g}")
        for name in buckets:
            check_bucket_name(name)
        self._wanted_port = port
        self._buckets = tuple(dict.fromkeys(buckets))
        self._clock = Clock(speed)
        self._port: int | None = None
        self._stop: Callable[[], None] | None = None

    @property
    def url(self) -> str:
        """The address that clients use; raises AmtsError before `start`."""
        if self._port is None:
            raise AmtsError("the local endpoint is not running")
        return f"http://{HOST}:{self._port}"

    def environment(self) -> dict[str, str]:
        """The variables that point any AWS client at this endpoint and at nothing else."""
        services = ("S3", "TRANSLATE", "STS", "IAM")
        return {
            "AWS_ENDPOINT_URL": self.url,
            **{f"AWS_ENDPOINT_URL_{service}": self.url for service in services},
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_REGION": REGION,
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "false",
            "AWS_EC2_METADATA_DISABLED": "true",
            "NO_PROXY": ",".join(filter(None, [os.environ.get("NO_PROXY", ""), HOST])),
        }

    def start(self) -> "LocalEndpoint":
        """Begin to serve; raises AmtsError if the port is taken or the `local` extra is not installed."""
        if self._stop is not None:
            raise AmtsError("the local endpoint is running already")
        aws, account_of = _moto()
        listener = _listen(self._wanted_port)
        self._port = listener.getsockname()[1]
        self._stop = self._serve(listener, aws, account_of)
        _count(+1)
        storage = Storage(self.url)
        for name in self._buckets:
            storage.make(name, REGION)
        return self

    def stop(self) -> None:
        """End serving and forget everything; running jobs are abandoned."""
        if self._stop is not None:
            self._stop()
            self._stop = self._port = None
            _count(-1)

    def __enter__(self) -> "LocalEndpoint":
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _serve(
        self, listener: socket.socket, aws: "WSGIApplication", account_of: Callable[[str], str]
    ) -> Callable[[], None]:
        state, storage, translators = State(), Storage(self.url), Translators()
        executor = ThreadPoolExecutor(_WORKERS, thread_name_prefix="amts-local-work")

        def read(region: str, s3_uri: str, file_format: str) -> ImportResult:
            return imports.read(storage, region, s3_uri, file_format)

        def run_job(holdings: Holdings, job: Job, stopped: Callable[[], bool]) -> JobResult:
            try:
                targets = resources.targets(state, holdings, job, translators)
            except ServiceError as error:
                return JobResult(failure=error.message)
            return batch.run(job, targets, storage, stopped)

        engine = Engine(state, self._clock, executor, read, run_job)
        locations = Locations(state, secrets.token_bytes(32), self._clock.now)
        wire = Wire(aws, account_of, engine.tick, state, self._clock, storage, locations, translators)
        server = _make_server(listener, wire)
        threads = [
            threading.Thread(
                target=server.serve_forever, args=(_POLL_SECONDS,), name="amts-local-http", daemon=True
            ),
            threading.Thread(target=engine.run, name="amts-local-clock", daemon=True),
        ]
        for thread in threads:
            thread.start()

        def stop() -> None:
            engine.close()
            executor.shutdown(wait=True, cancel_futures=True)
            server.shutdown()
            for thread in threads:
                thread.join()
            server.server_close()
            listener.close()

        return stop


def serve_forever(
    port: int,
    speed: float,
    ready: Callable[[LocalEndpoint], None],
    wait: Callable[[], object],
    buckets: Sequence[str] = (),
) -> None:
    """Serve until `wait` returns or is interrupted (Control-C); `ready` is told once the endpoint answers."""
    with LocalEndpoint(port, speed, buckets) as endpoint:
        ready(endpoint)
        try:
            wait()
        except KeyboardInterrupt:
            return


def _moto() -> tuple["WSGIApplication", Callable[[str], str]]:
    """moto's application for all its services, and its lookup of an access key's account."""
    try:
        from moto.iam.models import get_account_id_from
        from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    except ImportError as error:
        raise AmtsError(
            "the local endpoint is not installed", remedy="pip install 'amts-tui[local]'"
        ) from error
    return DomainDispatcherApplication(create_backend_app), get_account_id_from


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise AmtsError(
            f"port {port} of {HOST} cannot be used: {error.strerror}", remedy="choose another with --port"
        ) from error
    return listener


def _make_server(listener: socket.socket, app: "WSGIApplication") -> Any:
    """werkzeug's threaded server on an open socket, with its messages in the log instead of on stderr."""
    from moto.moto_server.werkzeug_app import MotoRequestHandler
    from werkzeug.serving import ThreadedWSGIServer

    class Handler(MotoRequestHandler):
        protocol_version = "HTTP/1.1"

        def log(self, kind: str, message: str, *args: object) -> None:
            _LOG.log(logging.ERROR if kind == "error" else logging.DEBUG, message, *args)

    class Server(ThreadedWSGIServer):
        def log(self, kind: str, message: str, *args: object) -> None:
            _LOG.log(logging.ERROR if kind == "error" else logging.DEBUG, message, *args)

    return Server(HOST, listener.getsockname()[1], app, Handler, fd=listener.fileno())


def _count(change: int) -> None:
    """Count the endpoints of this process; when the last one has gone, empty moto's state."""
    global _running
    from moto.core.base_backend import BackendDict
    from moto.core.model_instances import reset_model_data

    with _running_lock:
        _running += change
        if _running == 0:
            BackendDict.reset()
            reset_model_data()
