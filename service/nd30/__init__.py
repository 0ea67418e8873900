"""Decree 30/2020/NĐ-CP on clerical work, as data: one source for the writer, the checker and the feedback.

kinds     the 29 kinds of administrative document and what each must carry
layout    the page, and size, weight and place of every component
phrases   the fixed wording: quốc hiệu, tiêu ngữ, number line, date line, closing mark
rules/    the numbered rules ND30-nn with their source, reason and advice, in Vietnamese and English
body      what a paragraph of the body is: căn cứ, Điều, khoản, điểm …
parts     the components, and an outline of where they stand
pieces, foot, outline
          plain text → its lines and columns; what stands below the body; the whole outline
drafting  plain text ↔ Draft
papers    plain text → the documents in it, and the components of one as they are printed

examine   plain text → findings: parts, their order, their fixed wording (head_rules, foot_rules; told by findings)
wording   plain text → findings: numbering, citations, signing, capitals, slips
deviations, looks, sheet_rules
          a laid-out document → what is set otherwise: components; page, fonts, page numbers
laid_out  a laid-out document → every finding; its kind, or that it is out of scope
fixes     text that can be put right without asking
"""
