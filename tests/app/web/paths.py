"""Pages of the resident: every kind of them, found, empty and in distress."""

PAGES = (
    "/",
    "/haku",
    "/haku?q=omaishoitajille&missa=Lieksa",
    "/haku?q=yksin%C3%A4inen&nakyma=kartta",
    "/haku?q=yksin%C3%A4inen&nakyma=viikko",
    "/haku?q=xyzzyq",
    "/haku?q=xyzzyq&price=free",
    "/haku?q=itsemurha",
    "/haku?sort=next&page=2",
    "/toiminta/omais-lieksa",
    "/toiminta/suru-joensuu",
    "/toiminta/kriisi-puhelin",
    "/toiminta/verkko-paihde",
    "/toiminta/vanha-tieto",
    "/toiminta/omais-lieksa/palaute",
    "/toiminta/omais-lieksa/poista-tietoni",
    "/tietoa",
    "/saavutettavuus",
    "/tietosuoja",
)
