"""Counts ships; imports where type checkers look, and where a function runs."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harbor.berths import BerthBook


def occupied(book: "BerthBook", berths: "list[int]") -> int:
    return sum(book.ship_at(berth) is not None for berth in berths)


def empty_book() -> "BerthBook":
    from harbor.docks.compat import QuayBook

    return QuayBook()
