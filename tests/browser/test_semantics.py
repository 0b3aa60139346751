"""What a screen reader meets on the way of each person: the accessibility tree of the main screens."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.scenes import SAMPLE, scenes

pytestmark = pytest.mark.browser


def meets(page: Page, selector: str, tree: str) -> None:
    """The lines stand in the page's tree in this order, by their beginnings; others may stand between."""
    heard = [_line(line) for line in page.locator(selector).first.aria_snapshot().splitlines()]
    at = 0
    for wanted in filter(None, map(_line, tree.splitlines())):
        found = next((number for number in range(at, len(heard)) if heard[number].startswith(wanted)), None)
        assert found is not None, f"{wanted!r} is missing or too early in:\n" + "\n".join(heard)
        at = found + 1


def _line(line: str) -> str:
    return line.strip().removeprefix("- ").replace("'", "").rstrip(":").strip()


def enter(visitor: Visitor, name: str) -> Page:
    scene = next(scene for scene in scenes(SAMPLE) if scene.name == name)
    page = visitor.go(scene.path)
    if scene.act:
        scene.act(page, "")
    return page


def test_resident_home_asks_one_question_first(visitor: Visitor) -> None:
    page = visitor.go("/")
    meets(
        page,
        "main",
        """
        - main:
          - heading "Mihin kaipaat tukea?" [level=1]
          - search:
            - combobox "Kerro omin sanoin"
            - combobox "Missä?"
            - button "Etsi tukea"
          - region "Valitse aihe":
            - heading "Valitse aihe" [level=2]
            - list:
              - listitem:
                - link "Mielenterveys
          - region "Mikä on tilanteesi?":
            - list:
              - listitem:
                - link "Sain diagnoosin"
          - region "Lähelläsi tällä viikolla"
        """,
    )
    meets(page, "body > footer", '- region "Jos tarvitset apua heti":\n  - link "112"')


def test_resident_results_tell_what_was_understood_then_the_hits_by_reach(visitor: Visitor) -> None:
    page = visitor.go("/haku?q=yksin%C3%A4inen&missa=Lieksa")
    meets(
        page,
        "main",
        """
        - main:
          - search:
            - 'combobox "Kerro omin sanoin"': yksinäinen
            - 'combobox "Missä?"': Lieksa
          - heading "8 tulosta haulle ”yksinäinen”" [level=1]
          - group "Näin ymmärsimme haun":
            - 'link "Poista Kunta: Lieksa"'
            - 'link "Poista Aihe: Yksinäisyys"'
          - heading "Rajaa hakua" [level=2]
          - navigation "Näkymä":
            - link "Lista"
            - link "Kartta"
            - link "Viikko"
          - heading "Palvelee Lieksaa 2" [level=2]
          - list:
            - listitem:
              - heading "Kävelyryhmä Lieksa" [level=3]:
                - link "Kävelyryhmä Lieksa"
              - list:
                - listitem:
                  - text: "Seuraavan kerran:"
                  - strong: Maanantaina 21.9. klo 10–11
                - listitem: "Missä: Kirjaston piha, Lieksa"
              - link "Soita 050 000 0700"
          - heading "Kauempana 5" [level=2]
        """,
    )


def test_words_of_crisis_are_answered_before_anything_else(visitor: Visitor) -> None:
    page = visitor.go("/haku?q=haluan+kuolla")
    meets(
        page,
        "main",
        """
        - main:
          - heading "Et ole yksin. Apua on." [level=1]
          - region "Tarvitsetko apua nyt?":
            - heading "Tarvitsetko apua nyt?" [level=2]
            - list:
              - listitem:
                - link "112"
        """,
    )


def test_resident_activity_says_first_how_to_join(visitor: Visitor) -> None:
    page = visitor.go("/toiminta/omais-lieksa")
    meets(
        page,
        "main",
        """
        - main:
          - article:
            - heading "Omaishoitajien olohuone" [level=1]
            - complementary "Näin pääset mukaan":
              - heading "Näin pääset mukaan" [level=2]
              - link "Soita 050 000 0123"
              - term: Kenelle
              - definition: Omaishoitajat ja läheiset
              - group: Mitä tapahtuu, kun soitan?
            - region "Milloin ja missä":
              - strong: torstaina 17.9. klo 13–15
              - paragraph: Pääsee pyörätuolilla
            - region "Lähteet kertovat eri tietoja":
              - term: Aika
              - definition:
                - strong: torstaisin klo 13–15
            - region "Mistä tieto on"
            - link "Tieto on väärin"
        """,
    )


def test_the_map_is_read_as_links_with_numbers_and_again_as_a_list(visitor: Visitor) -> None:
    page = visitor.go("/haku?q=omaishoitajille&nakyma=kartta")
    meets(
        page,
        ".map",
        """
        - figure:
          - group "Piirros alueen kunnista. Samat tiedot ovat luettelossa kartan jälkeen.":
            - link "Lieksa,
        - heading "Kunnittain" [level=3]
        - list:
          - listitem:
            - link "Lieksa"
        """,
    )


def test_professional_goes_from_search_to_picks_to_paper(visitor: Visitor) -> None:
    page = visitor.go("/ammattilainen")
    meets(
        page,
        ".desk",
        """
        - heading "Ammattilaisen haku" [level=1]
        - search:
          - textbox "Tarve tai sairaus"
          - combobox "Missä"
          - combobox "Sairaalan yksikkö"
          - button "Etsi"
        """,
    )
    page.keyboard.type("yksinäinen")
    page.keyboard.press("Tab")
    page.keyboard.type("Lieksa")
    page.keyboard.press("Enter")
    expect(page.locator(".what").first).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("x")
    meets(
        page,
        ".desk",
        """
        - navigation "Rajaa tuloksia":
          - region "Millaista tukea":
            - heading "Millaista tukea" [level=2]
        - form "8 tulosta":
          - heading "8 tulosta" [level=2]
          - list:
            - listitem:
              - 'checkbox "Poimi listalle: Kävelyryhmä Lieksa" [checked]'
              - link "Kävelyryhmä Lieksa"
              - link "Puhelin 050 000 0700"
              - paragraph:
                - text: "Seuraava kerta:"
                - time: ma 21.9. klo 10–11
              - paragraph: "Missä: Kirjaston piha, Lieksa"
          - heading "Kauempana" [level=3]
        - complementary "Ohjauslista 1":
          - list:
            - listitem:
              - 'button "Poista listalta: Kävelyryhmä Lieksa"'
          - textbox "Muistiinpano tulosteeseen"
          - button "Tulosta"
        """,
    )
    expect(page.locator("#ilmoitus")).to_contain_text("Kävelyryhmä Lieksa")
    page.keyboard.press("l")
    expect(page.locator(".sheet .entry")).to_be_visible()
    meets(
        page,
        "#nakyma-lista",
        """
        - button "Suomi" [pressed]
        - button "Svenska"
        - button "Suuri teksti"
        - link "Sähköposti"
        - button "Kopioi tekstinä"
        - button "PDF"
        - article "Näistä voit saada tukea":
          - heading "Näistä voit saada tukea" [level=1]
          - heading "Kävelyryhmä Lieksa" [level=2]
          - link "050 000 0700"
          - term: Milloin
          - 'figure "Lue lisää: yhdistys.example.fi/kavely-lieksa"':
            - 'img "QR-koodi: yhdistys.example.fi/kavely-lieksa"'
        """,
    )


def test_professional_compares_in_a_table_with_headers_both_ways(visitor: Visitor) -> None:
    page = enter(visitor, "desk-comparison")
    meets(
        page,
        "#nakyma-lista",
        """
        - region "Vertailu":
          - table:
            - rowgroup:
              - row:
                - columnheader "Sururyhmä leskille"
                - columnheader "Omaishoitajien olohuone"
            - rowgroup:
              - row:
                - rowheader "Puhelin"
                - cell "050 000 0200"
                - cell "050 000 0123"
        """,
    )


def test_kiosk_leads_by_few_choices_to_paper(visitor: Visitor) -> None:
    page = visitor.go("/olka/keskussairaala")
    meets(
        page,
        "body",
        """
        - main:
          - heading "Mihin kaipaat tukea?" [level=1]
          - list:
            - listitem:
              - link "Sairaus
            - listitem:
              - link "Sairaalan yksikkö
            - listitem:
              - link "Elämäntilanne
        - contentinfo:
          - link "Alusta"
          - navigation "Kieli":
            - link "Selkosuomi"
          - link "Lisää aikaa"
          - paragraph: Hätätilanteessa soita 112
        """,
    )
    for step, heading in (
        ("Elämäntilanne", "Mitä on tapahtunut?"),
        ("Hoidan läheistäni", "Missä asut?"),
        ("Lieksa", "Valitse, niin saat ohjeen mukaan"),
        ("Omaishoitajien olohuone", "Näistä voit saada tukea"),
    ):
        page.get_by_role("link", name=step).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        expect(page.get_by_role("heading", level=1)).to_be_focused()
    meets(
        page,
        "main",
        """
        - main:
          - article "Näistä voit saada tukea":
            - heading "Omaishoitajien olohuone" [level=2]
            - 'img "QR-koodi: yhdistys.example.fi/omais-lieksa"'
          - button "Tulosta"
          - link "Takaisin"
          - link "Lisää toinen samalle paperille"
        """,
    )


def test_the_kiosks_warning_is_an_alert_with_two_ways_on(visitor: Visitor) -> None:
    page = enter(visitor, "kiosk-warning")
    meets(
        page,
        "dialog",
        """
        - alertdialog "Oletko vielä siinä?":
          - paragraph: Tyhjennämme näytön, jotta seuraava ei näe valintojasi.
          - timer: Aikaa on 15 sekuntia.
          - button "Jatka"
          - button "Tyhjennä nyt"
        """,
    )
