"""A worker for tests: does to itself what the job says."""

import os
import signal
import sys
import time
from collections.abc import Callable

from app.workers import serve


def made(hello: bytes) -> Callable[[bytes], bytes]:
    if hello == b"fail":
        raise RuntimeError("no hello")
    if hello == b"exit":
        os._exit(3)

    hoard: list[bytes] = []

    def answer(job: bytes) -> bytes:
        name, _, rest = job.partition(b" ")
        match name:
            case b"raise":
                raise ValueError("what a page")
            case b"crash":
                os.kill(os.getpid(), signal.SIGSEGV)
            case b"once" if not os.path.exists(rest):  # noqa: PTH110
                with open(rest, "wb"):  # noqa: PTH123
                    os._exit(9)
            case b"spin":
                while True:
                    pass
            case b"sleep":
                time.sleep(60)
            case b"print":
                print("not an answer")
                sys.stdout.flush()
            case b"eat":
                return bytes(len(b"x" * (8 << 30)))
            case b"grow":
                hoard.append(b"x" * (150 << 20))
            case b"pid":
                return str(os.getpid()).encode()
        return hello + b":" + rest

    return answer


if __name__ == "__main__":
    serve(made, grown_mb=120)
