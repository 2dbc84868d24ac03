"""Abbreviations whose full stop ends no sentence, by language: in lower case, without that full stop."""

from __future__ import annotations

from functools import cache
from typing import Final

from amts_tui.books.words import word_set

_EVERYWHERE: Final = (
    "e.g i.e cf vs v.s resp approx ca viz dr mr mrs ms messrs mx prof st mt ph.d m.sc b.sc dept"
    " univ gen col capt lt sgt rev hon w.r.t s.t i.i.d a.k.a incl excl est sq ave blvd"
)
_OF_LANGUAGE: Final = {
    "es": (
        "sr sra srta sres dra ud uds vd vds p.ej ej pág págs núm aprox cap ee.uu ee uu rr.hh lic ing"
        " arq dña avda tel máx mín depto"
    ),
    "pt": (
        "sr sra srs sras srta dra drs dras profa profª eng engª arq adv exmo exma exmos ilmo ilma"
        " v.exa v.sa p.ex i.é pág págs aprox obs v.g n.º n.ª n.os av r lg trav tel máx mín cia depto"
        " gov dep min pe fr d sto sta"
    ),
    "tr": (
        "örn bkz vd ör krş doç yrd öğr gör arş dçt av sn bn sy yy çev haz yay müh bşk alb yzb tğm cad"
        " sok mah apt bul no tel faks üniv fak müd md mad ort yak vs dz der ed hz s mim uzm op ecz t.c"
        " a.ş"
    ),
    "vi": ("tp tx ts ths pgs gs bs ks cn ls lm tt nxb đhqg đh ubnd vd v.d q p đ ô bà tr sđt đt mr ms st"),
    "de": (
        "bzw z.b z d.h d u.a u vgl bspw ggf sog evtl inkl exkl ggü max min bd bde nr jh jhd hrsg dipl"
        " ing str tel s.o s.u u.ä o.ä o i.d.r v.a v.chr n.chr chr geb gest ebd zzgl abzgl zz mio mrd"
        " österr"
    ),
    "fr": "p.ex ex m mm mme mmes mlle mlles mgr me c.-à-d c env av apr j.-c éd coll réf tél max min",
    "it": "sig sig.ra dott dott.ssa ing avv p.es es pag pagg ecc.mo tel max min ca",
    "nl": "bijv blz d.w.z m.b.v o.a enz.b mevr dhr drs ir mw nl t.o.v i.v.m",
    "ru": ("т.е т.д т.п т.к напр рис табл гл стр см ср им г гг в вв руб коп тыс млн млрд ул д кв проф акад"),
    "pl": "np m.in tzn tj tzw dr prof mgr inż ul al wg ok godz str rys tab zob por św",
}

NUMBERED: Final = word_set(
    "fig figs eq eqs eqn eqns sec secs sect ch chap chaps tab tabs tbl ex exs ref refs alg algs"
    " thm def prop lem cor app appx vol vols no nos nr n nº pp p ed eds abb kap şek bl böl çiz alb"
    " cap caps art arts núm séc inc lám lam gráf cuad hình bảng h jan feb febr mar apr jun jul aug"
    " sep sept oct okt nov dec dez dic ago abr ene fev"
)
"""Those that a number, a bracket or a placeholder follows: `Fig. 3`, `Sec. {1}`, `No. 7`, `Oct. 1956`."""

ENDING: Final = word_set(
    "etc al inc ltd ltda co corp jr sr s.a a.m p.m u.s u.k u.n e.u usw u.s.w ecc enz itd v.v"
    " v.v.v ark vb т.д т.п др"
)
"""Those after which a sentence may end all the same, when a capital letter follows."""


@cache
def abbreviations(lang: str) -> frozenset[str]:
    """The abbreviations of `lang`, those that all books share included."""
    return word_set(f"{_EVERYWHERE} {_OF_LANGUAGE.get(lang, '')}")
