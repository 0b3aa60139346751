"""Word lists by which the judge of ambiguous names reads the surroundings; prefixes unless said otherwise."""


def _prefixes(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Whole names whose common word is so frequent that even "in it" proves nothing (kolarissa, hatussa).
EVERYDAY = _words(
    """
    kolari varkaus pello kulho hattu kerma kutsu risti sola valtimo vihi vuokko matara saari pohja kisko
    ruukki nummi koski multia sulkava karvia aura rusko somero luoto kurikka perho kannus virrat ii eno
    lammi kuru kuusisto kymi jaala lappee lemu karjaa maksamaa kaavi sauvo sievi taipale pilkko
    päätye ruunaa kulho alavi huhus karsikko jyri sintsi vepsä savikko koivikko
    """
)

# Municipalities whose name in lower case is a trouble that one asks help for.
TROUBLES = _words("kolari varkaus")

# Whole forms of everyday words that hardly anyone uses of the thing itself (in the uncle, on the artery).
PLACE_FORMS = _words(
    """
    nokiaan enossa enosta enoon valtimolla valtimolta pellossa pellosta pelloon kolilla kolilta koliin kolille
    hangossa hangosta hankoon karjaalla karjaalta karjaalle kotkassa kotkasta kotkaan varkaudessa
    varkauteen iissä iistä iihin aurassa aurasta auraan sievissä sievistä sieviin sauvossa sauvosta
    sauvoon kaavilla kaavilta kaaville ruunaalla ruunaalle vepsässä kymissä kannuksessa kannuksesta
    kurikassa kurikasta kurikkaan karsikossa karsikosta karsikkoon virroilla virroille virroilta
    sintsissä lammilla lammilta lammille
    """
)

# What places have: a genitive before them is a place (Enon kirkko).
HEADS = _prefixes(
    """
    seutu seudu alue kunta kunna kaupun kirkko kirko kirkon koulu kirjasto terveysasema terveyskesk sote
    seurakun martat martto eläkkeens palvelukesk palvelutalo hyvinvointi keskusta kylä kyli
    asukas nuorisotalo tori taajama lähialue ympäristö urheilutalo työväentalo järjestötalo asema
    lukio hoitokoti kansallispuisto maisem rinte hiihtokesku satama
    """
)

# Parts of what places have, wherever in the word: Enon reumayhdistys, Kolin kyläseura.
HEAD_PARTS = _prefixes(
    """
    yhdisty kerho ryhmä seura piiri kahvila martat eläkeläiset veteraanit omaishoitajat asukkaat
    """
)

# Words after a genitive that say only "the area of".
ABSORBED = _prefixes(
    """
    seutu seudu alue kunta kunna kaupunki kaupungi lähellä lähistö lähialue ympäristö keskusta
    hyvinvointialue maakun
    """
)

# What people look for: a name beside them in a short query is where they look.
TOPICS = _prefixes(
    """
    vertais ryhm kerho tuki tuke apu neuvon kahvila kohtaami yhdisty omaishoi muisti kurssi toimin
    liikun jumppa päihde mielenter masenn yksinäi perhe lapsi lapse vauva ikäihmi vanhu vapaaehto
    tapahtu tapaami suru ruoka velka palvelu diabet syöpä reuma nuor eläkeläi harrast kuntout päivätoim
    kuoro keskustelu
    """
)

# Words for living somewhere and for kinds of place.
LIVING = _prefixes(
    """
    asun asuu asuva asumme asuvat asuin muutin muutan muutti muuttan kotoisin paikkakun kotikun kunta
    kunnassa kunnan kylä kylässä kaupunki taajama alue paikka
    """
)

# Words of the other meaning: death of the uncle, narrowing of the artery, crash.
AGAINST = _prefixes(
    """
    kuol menehty hautaj onnettomu loukk sairast sairaus ahtaum kalkkeu tukos osak murto rikos rikok uhri
    laajentu alkoholi ajoi sattu
    """
)

# The same, whole words.
AGAINST_WORDS = _words(
    """
    isä äiti setä täti serkku mummo vaari ukki isän äidin minun mun oma omaa oman meidän hänen teidän
    sinun juo syö tauti polvi jalka pää käsi oli on
    """
)

# Whole forms of eno, mother's brother.
KIN = _words(
    """
    eno enoa enoksi enolla enolle enolta enon enona enoni
    """
)

# Villages and former municipalities whose name is a common word and that take the external cases (Kolilla).
EXTERNAL = _words(
    """
    koli valtimo taipale risti nummi karjaa lammi saari ruunaa
    """
)
