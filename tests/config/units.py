"""The agreed hospital units, in their order: needs name them, hand-outs and the OLKA screen group by them."""

UNITS = (
    "sydankeskus",
    "syopakeskus",
    "silmakeskus",
    "korvataudit",
    "naistenkeskus",
    "neurologia",
    "keuhkosairaudet",
    "ihotaudit",
    "reuma",
    "diabetes",
    "muistisairaudet",
    "psykiatria",
    "palliatiivinen-keskus",
    "kuntoutus",
    "lastentaudit",
    "paihde-ja-mielenterveys",
    "paivystys",
    "kirurgia",
    "nefrologia",
    "gastroenterologia",
)
