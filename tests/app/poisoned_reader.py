"""A reader of pages in which some words are deadly: what a fault in a parser's C code would do."""

import os
import signal
from collections.abc import Callable
from typing import Any

import crawlers.site.reading
from app.page_reader import main
from crawlers.prose import PageReading
from crawlers.prose import read_page as honest


def deadly(html: str, url: str, **more: Any) -> PageReading:
    if "kuolema" in html:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "virhe" in html:
        raise RecursionError
    if "ikuisuus" in html:
        os.kill(os.getpid(), signal.SIGPROF)  # what the kernel sends when the processor time is used up
    return honest(html, url, **more)


def program() -> None:
    made: Callable[..., None] = crawlers.site.reading.ReadHere.__init__
    made.__defaults__ = ((), (), deadly)
    main()
