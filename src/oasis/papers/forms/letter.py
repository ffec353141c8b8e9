"""致家长的一封信: the school's letter of this term with each child's own paragraph, one sheet a child, with a return slip."""

from oasis.papers.forms.base import Paper
from oasis.papers.letters.printing import letters_docx, letters_pdf

PAPER = Paper(
    "letter", "致家长的一封信", "一人一张，写着孩子自己的情况，下面是回执；先在“致家长的信”里写好", "docx", letters_docx, single=True,
    others=(("pdf", letters_pdf),),
)  # fmt: skip
