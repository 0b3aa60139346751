"""Compound safety: true parts are found, false friends are not."""

import pytest

from indexer.finnish import Analyser, Word


def everything(word: Word) -> set[str]:
    return {*word.lemmas, *word.parts}


@pytest.mark.parametrize(
    ("form", "lemma", "parts"),
    [
        ("vertaistukiryhmä", "vertaistukiryhmä", {"vertainen", "tuki", "ryhmä", "vertaistuki", "tukiryhmä"}),
        ("vertaistukiryhmistä", "vertaistukiryhmä", {"vertainen", "tuki", "ryhmä", "vertaistuki"}),
        ("vertaisryhmään", "vertaisryhmä", {"vertainen", "ryhmä"}),
        ("lähiliikuntapaikoilla", "lähiliikuntapaikka", {"liikunta", "paikka", "liikuntapaikka"}),
        ("lapsenlapsista", "lapsenlapsi", {"lapsi"}),
        ("lastensuojeluilmoitus", "lastensuojeluilmoitus", {"lapsi", "suojelu", "ilmoitus", "lastensuojelu"}),
        ("omaishoitajille", "omaishoitaja", {"omainen", "hoitaja"}),
        ("omaishoidon", "omaishoito", {"omainen", "hoito"}),
        ("pitkäaikaissairaat", "pitkäaikaissairas", {"pitkäaikainen", "sairas"}),
        ("vapaaehtoistoimintaa", "vapaaehtoistoiminta", {"vapaaehtoinen", "toiminta"}),
        ("näkövammaisten", "näkövammainen", {"näkö", "vammainen"}),
        ("kehittämishankkeessa", "kehittämishanke", {"kehittäminen", "hanke"}),
        ("käsityökerhossa", "käsityökerho", {"käsityö", "kerho"}),
        ("yökerhossa", "yökerho", {"yö", "kerho"}),
        ("lentokoneella", "lentokone", {"lento", "kone"}),
        ("väkivaltatyön", "väkivaltatyö", {"väkivalta", "työ"}),
        ("mielenterveyskuntoutujille", "mielenterveyskuntoutuja", {"mielenterveys", "kuntoutuja"}),
        ("etäryhmässä", "etäryhmä", {"etä", "ryhmä"}),
    ],
)
def test_whole_compound_is_the_lemma_and_true_parts_are_parts(
    analyser: Analyser, form: str, lemma: str, parts: set[str]
) -> None:
    word = analyser.word(form)
    assert lemma in word.lemmas
    assert parts <= set(word.parts)
    assert not set(word.parts) & set(word.lemmas)


@pytest.mark.parametrize(
    ("form", "strangers"),
    [
        ("kokonaisvaltainen", {"nainen", "valta", "koko", "valtainen", "inen"}),
        ("kokonaisvaltaista", {"nainen", "valta", "koko", "valtainen"}),
        ("kansainvälinen", {"nainen", "väli", "kansa"}),
        ("yksinäisyys", {"yksinäinen", "yksi", "ys"}),
        ("lentokone", {"lentää"}),
        ("liikuntapaikka", {"liikkua"}),
        ("barbaari", {"baari"}),
        ("hero", {"ero"}),
        ("kero", {"ero"}),
        ("kerho", {"ero", "kero"}),
        ("käsityökerho", {"yö", "yökerho"}),
        ("väkivalta", {"väki", "valta"}),
        ("itsemurha", {"murha"}),
        ("väkivaltatyö", {"väki", "valta"}),
        ("maahanmuuttaja", {"maa"}),
        ("hyvinvointialue", {"hyvin", "hyvä"}),
        ("Joensuu", {"joki", "suu"}),
        ("outokummussa", {"outo", "kumpu"}),
        ("Lappeenranta", {"ranta"}),
        ("maanantai", {"maa"}),
        ("kahvila", {"kahvi"}),
        ("kuuluminen", {"kuu", "lumi"}),
        ("tietokone", {"kone"}),
        ("asiakirjoista", {"kirja", "kirjo"}),
        ("mielipide", {"mieli", "pide"}),
        ("toimipisteistä", {"pisteinen"}),
        ("järjestöyhteistyö", {"yhteis", "järjestöyhteis"}),
    ],
)
def test_residue_and_lookalikes_are_neither_lemmas_nor_parts(
    analyser: Analyser, form: str, strangers: set[str]
) -> None:
    assert not everything(analyser.word(form)) & strangers


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vertaistukiryhmä", "vertaisryhmä"),
        ("vertaisryhmä", "vertaisille"),
        ("vertaistukiryhmä", "vertaisille"),
        ("vertaistukiryhmä", "vertaistukea"),
        ("lähiliikuntapaikka", "liikuntapaikoista"),
        ("omaishoitajille", "omaishoito"),
        ("omaishoitajille", "omaisille"),
        ("nepsylapsille", "lapset"),
        ("nepsylapsille", "nepsy"),
        ("MS-tautia", "MS"),
        ("rintasyöpäpotilaille", "rintasyöpä"),
        ("vertais", "vertaistuki"),
    ],
)
def test_compounds_meet_their_parts_and_relatives(analyser: Analyser, one: str, other: str) -> None:
    assert everything(analyser.word(one)) & everything(analyser.word(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lentokone", "lentää"),
        ("baari", "barbaari"),
        ("ero", "hero"),
        ("ero", "kero"),
        ("nainen", "kokonaisvaltainen"),
        ("yö", "käsityökerho"),
        ("joki", "Joensuussa"),
        ("valta", "väkivalta"),
    ],
)
def test_strangers_do_not_meet_even_through_stems(analyser: Analyser, one: str, other: str) -> None:
    first, second = analyser.word(one), analyser.word(other)
    assert not {*everything(first), *first.stems} & {*everything(second), *second.stems}


def test_shortened_compounds_are_completed(analyser: Analyser) -> None:
    words = analyser.words(
        "mielenterveys- ja päihdekuntoutujille, sosiaali-, terveys- ja hyvinvointipalvelut"
    )
    lemmas = {lemma for word in words for lemma in word.lemmas}
    assert {"mielenterveyskuntoutuja", "sosiaalipalvelu", "terveyspalvelu", "mielenterveys"} <= lemmas


def test_a_dash_between_words_completes_nothing(analyser: Analyser) -> None:
    words = analyser.words("tanssi – kahviryhmä kokoontuu")
    assert words[0].surface == "tanssi"
    assert "tanssiryhmä" not in words[0].lemmas


@pytest.mark.parametrize(
    ("form", "part", "kept"),
    [
        ("kulttuuriperintö", "perintö", ""),
        ("kulttuuriperintöpäivä", "perintö", "kulttuuriperintö"),
        ("eläinlääkäripäivystys", "lääkäripäivystys", "eläinlääkäri"),
        ("maahanmuuttoasiat", "muutto", "maahanmuutto"),
        ("sanasokeus", "sokeus", ""),
    ],
)
def test_a_head_that_means_another_thing_in_a_compound_is_no_part(
    analyser: Analyser, form: str, part: str, kept: str
) -> None:
    word = analyser.word(form)
    assert part not in word.parts
    assert not kept or kept in word.parts
