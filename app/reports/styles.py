"""Type and colours of our papers: one embedded font family and its symbols, few sizes, quiet lines."""

from functools import cache

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from app.reports.glyphs import FAMILY, SYMBOLS
from app.resources import RESOURCES

FONTS = RESOURCES / "fonts"
BOLD = f"{FAMILY}-Bold"

INK = HexColor("#131525")
MUTED = HexColor("#51577a")
LINE = HexColor("#c9cddd")
FAINT = HexColor("#f3f4f7")
ACCENT = HexColor("#2044aa")
WATERMARK = HexColor("#eceef4")


@cache
def register_fonts() -> None:
    """Make the family known to reportlab, with real bold and italic; once for each process."""
    cuts = {"normal": "Regular", "bold": "Bold", "italic": "Italic", "boldItalic": "BoldItalic"}
    for cut in cuts.values():
        pdfmetrics.registerFont(TTFont(_font(cut), FONTS / f"NotoSans-{cut}.ttf"))
    pdfmetrics.registerFontFamily(FAMILY, **{look: _font(cut) for look, cut in cuts.items()})
    pdfmetrics.registerFont(TTFont(SYMBOLS, FONTS / "NotoSansSymbols-Selection.ttf"))
    pdfmetrics.registerFontFamily(SYMBOLS, **dict.fromkeys(cuts, SYMBOLS))


def _font(cut: str) -> str:
    return FAMILY if cut == "Regular" else f"{FAMILY}-{cut}"


def _style(name: str, size: float, leading: float, **more: object) -> ParagraphStyle:
    defaults: dict[str, object] = {"fontName": FAMILY, "textColor": INK, "allowWidows": 0, "allowOrphans": 0}
    return ParagraphStyle(name, **{**defaults, "fontSize": size, "leading": leading, **more})


KIND = _style("kind", 19, 25, fontName=BOLD)
TITLE = _style("title", 12.5, 17, textColor=MUTED, spaceBefore=1.5 * mm)
CLAUSE = _style(
    "clause", 11.5, 15, fontName=BOLD, textColor=ACCENT, spaceBefore=6.5 * mm, spaceAfter=2 * mm, keepWithNext=1
)  # fmt: skip
BODY = _style("body", 10.5, 15, spaceAfter=2 * mm)
_BULLET = {"bulletIndent": 0, "bulletFontName": FAMILY, "bulletFontSize": 10.5}
NUMBERED = _style("numbered", 10.5, 15, spaceAfter=2 * mm, leftIndent=8 * mm, **_BULLET)
BULLET = _style("bullet", 10.5, 15, spaceAfter=0.8 * mm, leftIndent=4.5 * mm, **_BULLET)
CONNECTIVE = _style(
    "connective", 10.5, 15, textColor=MUTED, spaceBefore=2.5 * mm, spaceAfter=2.5 * mm, keepWithNext=1
)
PARTY = _style("party", 10.5, 15)
CELL = _style("cell", 9, 12.5)
CELL_RIGHT = _style("cell_right", 9, 12.5, alignment=TA_RIGHT)
CELL_HEAD = _style("cell_head", 8.5, 11.5, fontName=BOLD, textColor=MUTED)
CELL_HEAD_RIGHT = CELL_HEAD.clone("cell_head_right", alignment=TA_RIGHT)
INFO = _style("info", 8.5, 11.5)
INFO_LABEL = _style("info_label", 7.5, 10, textColor=MUTED)
SIGNATURE = _style("signature", 9, 12.5)
CAPTION = _style("caption", 8, 11, textColor=MUTED)
ADDRESS = _style("address", 10.5, 13)
SUBJECT = _style("subject", 10.5, 15, fontName=BOLD, spaceAfter=6.5 * mm, keepWithNext=1)
SALUTATION = _style("salutation", 10.5, 15, spaceAfter=2.5 * mm, keepWithNext=1)
