"""Function words, which queries may ignore: Finnish by base form, Swedish and English by form."""

from indexer.finnish.word import listed

FINNISH_BASES = listed(
    """
    minä sinä hän me te he se ne tämä tuo nämä nuo joka mikä kuka ken kumpi jokin joku kukaan mikään
    itse ja tai sekä eli vai mutta vaan sillä koska kun kuin jos vaikka että jotta joten ettei jottei
    ellei eikä olla ei älä muttei joskin kunnes kuten niin näin noin siis myös myöskin sitten vielä jo
    nyt kyllä ehkä aina vain ihan aivan hyvin melko liian jopa edes lisäksi muun muassa esimerkiksi tms
    jne mm ym yms missä mistä mihin minne milloin miten kuinka miksi siellä sieltä sinne täällä täältä
    tänne tuolla tuolta tuonne jossa josta johon jolloin jolla silloin tällöin siten tässä kanssa vuoksi
    takia varten kohti päin asti saakka myötä mukaan lukien ohella osalta suhteen voida pitää saada
    täytyä
    """
)
"""Base forms; a word is a function word when one of its common-noun readings is here."""

FINNISH_FORMS = listed(
    """
    on oli olen olet olemme olette ovat olisi olla ei en et emme ette eivät ole mun sun sen mut toi noi
    tää ton ku niinku niiku tota siin täs mua mulle sulle munkin esim jne tms ns yms ks alkup
    hei moi heippa kiitos pls
    """
)
"""Forms that are function words whatever else Voikko reads in them, spoken ones among them."""

NOT_BY_BASE = frozenset({"hyvin", "koska", "pitää", "saada", "mukaan", "tuolla", "voida", "täytyä", "itse"})
"""Bases above that are ignored only in the very form listed, since their other readings carry meaning."""

SWEDISH = listed(
    """
    och eller men att som en ett den det de dem dig mig oss er jag du han hon vi ni sin sitt sina min
    mitt mina din ditt dina är var varit vara har hade ha blir blev bli kan kunde ska skall skulle vill
    ville på i av för med till från om vid under över mellan utan efter före hos inte ej också bara så
    då när där här hur vad vem vilken vilket vilka varför dess denna detta dessa man sig nu än
    någon något några ingen inget inga igen alla allt hela mycket lite honom henne hans hennes deras vår
    vårt våra själv sedan sen redan bland genom mot enligt både antingen eftersom medan mer mest väldigt
    ganska ju väl nog varje sådan sådana aldrig alltid samma åt hos trots runt
    """
)

ENGLISH = listed(
    """
    a an the and or but if that this these those i you he she it we they me him her us them my your his
    its our their is am are was were be been being have has had do does did will would shall should can
    could may might must not no of in on at to for from with by about as into over under between without
    after before so than then there here when where what who whom which why how also just any some too very
    much more most only now up down out off again because while during each every own same such really am
    myself himself herself themselves don't can't won't doesn't didn't isn't aren't wasn't couldn't haven't
    i'm i've i'd i'll he's she's it's that's
    """
)

_BY_BASE = FINNISH_BASES - NOT_BY_BASE


def is_stop(form: str, bases: tuple[str, ...]) -> bool:
    """Whether a Finnish form with these base forms is a function word."""
    return form in FINNISH_FORMS or form in FINNISH_BASES or any(base in _BY_BASE for base in bases)
