"""One activity, once: finding the records of several sources that are the same activity.

`ActivityMatcher` is a `schemas.catalogue.contract.Matcher`. Pure: records in, clusters out; a pair is joined
only where nothing contradicts and enough speaks for it. See `docs/adr/0009-one-activity-once.md`.
"""

from crawlers.matching.matcher import ActivityMatcher
from crawlers.matching.memory import MATCHING_VERSION, Memory
from crawlers.matching.verdict import THRESHOLD, Verdict, judge

__all__ = ["MATCHING_VERSION", "THRESHOLD", "ActivityMatcher", "Memory", "Verdict", "judge"]
