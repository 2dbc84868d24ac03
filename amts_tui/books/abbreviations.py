"""Abbreviations whose full stop does not end a sentence, by language; all in lower case, without the last
full stop.
"""

from __future__ import annotations

from functools import cache

_EVERYWHERE = (
    "e.g i.e cf vs et al etc resp approx ca viz fig figs eq eqs eqn eqns sec secs sect ch chap chaps tab tabs ex ref refs alg algs thm"
    " def prop lem cor app appx vol vols no nos nr pp ed eds dr mr mrs ms prof st jr sr ph.d m.sc b.sc inc ltd co corp dept univ"
    " a.m p.m u.s u.k u.n w.r.t s.t i.i.d a.k.a"
)
_OF_LANGUAGE = {
    "es": "sr sra srta dra ud uds vd p.ej pág págs núm ej aprox art cap ee.uu ed fig etc",
    "pt": "sr sra srta dra prof profa p.ex pág págs núm ex aprox art cap ed fig obs v.g n.º",
    "tr": "örn bkz vb vs dr prof doç sn yy s çev haz yay şek bl böl krş alb müh bşk no",
    "vi": "tp ts ths pgs gs vd tr ths.s q p",
    "de": "bzw z.b d.h u.a usw vgl abb bspw ggf nr s sog evtl inkl max min",
    "fr": "p.ex m mm mme mlle c.-à-d env chap art pl",
}

# Those after which a new sentence may begin all the same, when a capital letter follows.
ENDING = frozenset(
    {"etc", "al", "inc", "ltd", "co", "corp", "jr", "sr", "a.m", "p.m", "u.s", "u.k", "usw", "vb", "vs"}
)


@cache
def abbreviations(lang: str) -> frozenset[str]:
    """The abbreviations of `lang`, those that all books share included."""
    return frozenset((_EVERYWHERE + " " + _OF_LANGUAGE.get(lang, "")).split())
