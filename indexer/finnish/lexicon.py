"""Own additions to Voikko's dictionary: words and abbreviations of the field in base form.

They count as known, inflect by the rules of `endings`, and may head a compound (nepsy + lapsi).
More can be given to `Analyser`, such as names of associations and places.
"""

from indexer.finnish.word import listed

ADDITIONS = listed(
    """
    alateen alkup allergologia alopecia als alzheimeryhdistys amfe anafylaksia asahi asd aseksuaali assi
    atopia avh bentso benzo bipo boccia borderline celia chat cmt colitis copd covid cp crohn danlos
    digi discord dissosiaatio doula down duchenne dystonia eds ehlers ekl endo endokrinologia
    endometrioosi esh esim esr essote etä fas fasd fibro fibromyalgia fimea finfami finlex flimmeri
    foniatria fragile frontotemporaalinen fysio gamblers hematologia hidradeniitti hlbt hlbtiq hlbtq
    hospice hpv huntington hydrokefalia hyte hyvis ibd ibs ivf jne kkv klinefelter krits ks
    kuvantaminen kys kässäkerho lewy lewynkappaletauti lipedeema lipödeema livelähetys lupus lymfedeema
    marfan mcas menière miunhyvinvointi mll ms mt mtp myastenia myelooma neet nepsy nepsylapsi
    nepsyperhe neuroepätyypillinen neurokirjava neurokirjo neuropsy nivelpsori ns nuokkari ocd olkkari
    os palliaatio palliatiivinen panseksuaali pcos peluuri pilates podcasti pots prh pride psori pth
    ptsd ptv rett sarkoidoosi sekasin seksuaali seta sisäkorvaistute siunsote sle snus sosiaali soste
    stea stm striimi subu subutex tays teams terkkari thl tia tk tms tourettesyndrooma traficom trans
    turner tyks uniapnea urtikaria valvira vamos vape vapettaminen vaskuliitti verkkochat vitiligo
    vulvodynia walkers yms zoom
    """
)

ABBREVIATIONS = listed(
    """
    ms cp aa na al-anon mt adhd add avh als copd ibd ibs hiv ptsd ocd sle ry oy yt te ely kela vr srk
    lhs sos hlö ea spr mll mieli ehyt tk pth thl ptv sote hyte olka asd fas
    """
)
"""Short forms that stay findable as written even when Voikko reads them as cases of other words."""

OPAQUE = listed(
    """
    väkivalta itsemurha tapaturma yhteiskunta maakunta seurakunta lautakunta kihlakunta ammattikunta
    valtakunta asiakas isäntä emäntä elokuva kansalainen asiakirja tietokone ajankohta olohuone
    raivotauti vesirokko tuhkarokko kurkkumätä hinkuyskä ruusufinni silmäpako rintama alaikäinen
    vastuu vastaanotto lähtökohta näkökulma pääkaupunki pääkaupunkiseutu esimies puheenjohtaja
    tasavalta itsenäisyys ennakkoluulo johtolanka kirjaimellisesti makuuhaava jalkapallo lehtolapsi
    leskenlehti voikukka sananlasku sananvalta todistaja aikataulu muistikuva hengenveto omatunto
    mielikuva mielipide mielihyvä mieliala mielivalta
    kulttuuriperintö maailmanperintö luonnonperintö kansanperintö sanasokeus värisokeus muuttolintu
    hammaspyörä kotiteatteri kriisinhallinta maahanmuutto maastamuutto pyhiinvaellus kansainvaellus
    eläinlääkäri painajainen perhonen vuosikymmen vuosisata
    ensimmäinen äidinkieli isänmaa kotimaa ulkomaa maailma ruokavalio luontaistuote käsitys peruskoulu
    """
)
"""Compounds whose parts mislead; they are never taken apart, also inside longer compounds."""

SAME_WORD = {"koto": "koti"}
"""Base forms that Voikko keeps apart though people mean one word (kotona, kotoa: koti)."""
