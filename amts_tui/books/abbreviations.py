"""Abbreviations whose full stop ends no sentence, by language: in lower case, without that full stop."""

from __future__ import annotations

from functools import cache

_EVERYWHERE = (
    "e.g i.e cf vs resp approx ca viz dr mr mrs ms prof st ph.d m.sc b.sc dept univ w.r.t s.t i.i.d a.k.a"
)
_OF_LANGUAGE = {
    "es": "sr sra srta dra ud uds vd p.ej pág págs núm ej aprox art cap ee.uu",
    "pt": "sr sra srta dra profa p.ex pág págs ex aprox obs v.g n.º",
    "tr": "örn bkz vb doç sn yy çev haz yay krş müh bşk",
    "vi": "tp ts ths pgs gs vd",
    "de": "bzw z.b d.h u.a vgl bspw ggf sog evtl inkl max min",
    "fr": "p.ex m mm mme mlle c.-à-d env",
}

_NUMBERED = (
    "fig figs eq eqs eqn eqns sec secs sect ch chap chaps tab tabs ex ref refs alg algs thm def prop lem cor"
    " app appx vol vols no nos nr pp ed eds abb kap şek bl böl çiz alb cap art núm"
)
# Those that a number, a bracket or a placeholder follows: `Fig. 3`, `Sec. {1}`, `No. 7`.
NUMBERED = frozenset(_NUMBERED.split())

# Those after which a sentence may end all the same, when a capital letter follows.
ENDING = frozenset(
    {"etc", "al", "inc", "ltd", "co", "corp", "jr", "sr", "a.m", "p.m", "u.s", "u.k", "u.n", "usw", "v.v"}
)


@cache
def abbreviations(lang: str) -> frozenset[str]:
    """The abbreviations of `lang`, those that all books share included."""
    return frozenset((_EVERYWHERE + " " + _OF_LANGUAGE.get(lang, "")).split())
