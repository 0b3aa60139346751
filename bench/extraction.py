"""Measure main text: words, titles and dates of real association sites against what their authors wrote.

    python -m bench.extraction [folder of sites]

Prints word precision and recall per site (bags of words, markup directives of the gold left out) for our
reading and for trafilatura, and how many titles and dates agree. Pages whose gold is not on disk are skipped.

The gold's own dates are those of pages whose templates print none; they stand nowhere in the recorded files.
So days of publication are measured on posts, against what the site's feed (`feed.xml`) says of them.
"""

import datetime as dt
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import trafilatura

from crawlers.adapters.feeds import read_feed
from crawlers.prose.page import take_apart

SITES = Path(__file__).parents[2] / "shared/data/sites"
_WORD = re.compile(r"\w+")
_DIRECTIVE = re.compile(r"^:\w+:.*$|^=[= ]+$", re.MULTILINE)
_CODE = re.compile(r"[{};]")


def words(text: str) -> Counter[str]:
    """The words of a text, folded, with their counts."""
    return Counter(word.casefold() for word in _WORD.findall(text))


def gold_text(text: str) -> str:
    """The gold without directives of its source format and without style sheets and scripts."""
    return "\n".join(line for line in _DIRECTIVE.sub("", text).split("\n") if not _CODE.search(line))


def records(site: Path) -> Iterator[tuple[dict[str, str], str]]:
    """(gold record, HTML) of each page of a site."""
    for line in (site / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        path = site / "www" / record["path"]
        if path.exists():
            yield record, path.read_bytes().decode("utf-8", "replace")


def share(hits: float, of: float) -> float:
    """hits / of; 1 where there is nothing to find."""
    return hits / of if of else 1.0


def figures(hits: float, got: float, gold: float) -> str:
    """Precision and recall in words."""
    return f"precision {share(hits, got):.3f} recall {share(hits, gold):.3f}"


def measure(site: Path) -> None:
    """Print one site's figures, and each page below 0.9."""
    totals: dict[str, list[int]] = {"ours": [0, 0, 0], "trafilatura": [0, 0, 0]}
    titles = dates = wrong_dates = pages = dated = 0
    for record, html in records(site):
        page = take_apart(html, record["path"])
        other = trafilatura.extract(html, favor_recall=True, include_comments=False) or ""
        gold = words(gold_text(record["text"]))
        for name, text in (("ours", page.main_text), ("trafilatura", other)):
            got = words(text)
            hits = sum((gold & got).values())
            for index, value in enumerate((hits, got.total(), gold.total())):
                totals[name][index] += value
            if name == "ours" and min(share(hits, got.total()), share(hits, gold.total())) < 0.9:
                print(f"  {record['path']}: {figures(hits, got.total(), gold.total())}")
        pages += 1
        titles += record["title"].casefold() in page.title.casefold()
        if record.get("date") and record["date"][:10] in html:
            dated += 1
            dates += page.published == dt.date.fromisoformat(record["date"][:10])
        elif page.published is not None:
            wrong_dates += 1
    for name, (hits, got_total, gold_total) in totals.items():
        print(f"{site.name:24} {name:12} {figures(hits, got_total, gold_total)}")
    told = f"dates {dates}/{dated} told by the page, {wrong_dates} invented"
    print(f"{site.name:24} titles {titles}/{pages}, {told}")
    if any(days := posts(site)):
        shares = f"precision {share(days[2], days[1]):.3f} recall {share(days[2], days[0]):.3f}"
        print(f"{site.name:24} days of {days[0]} posts against the feed: {shares}")


def posts(site: Path) -> tuple[int, int, int]:
    """Posts that the site's feed gives a day, those read with some day, and those read with that very day."""
    feed = site / "www" / "feed.xml"
    told = read = right = 0
    for entry in read_feed(feed.read_bytes(), "") if feed.is_file() else ():
        path = site / "www" / entry.link.lstrip("/")
        if entry.published is None or not path.is_file():
            continue
        page = take_apart(path.read_bytes().decode("utf-8", "replace"), entry.link)
        told += 1
        read += page.published is not None
        right += page.published == entry.published
    return told, read, right


def main(folder: Path) -> None:
    """Measure every site under `folder` that has a gold."""
    for site in sorted(path.parent for path in folder.glob("*/gold.jsonl")):
        measure(site)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SITES)
