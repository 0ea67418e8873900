"""The rules in English, for a reader who does not read Vietnamese: (title, why, what to try) by number."""

from __future__ import annotations

ENGLISH: dict[str, tuple[str, str, str]] = {
    "ND30-01": (
        "A4 paper",
        "Administrative documents are set on A4 paper (210 × 297 mm) so that they print and file alike.",
        "Choose A4 in the page layout.",
    ),
    "ND30-02": (
        "Upright page",
        "The page stands upright; it lies on its side only for tables that are not moved to an appendix.",
        "Turn the page upright, or move the wide table to an appendix.",
    ),
    "ND30-03": (
        "Top and bottom margin 20–25 mm",
        "The text keeps 20–25 mm from the top and bottom edge.",
        "Set top and bottom margins between 20 and 25 mm.",
    ),
    "ND30-04": (
        "Left margin 30–35 mm",
        "The text keeps 30–35 mm from the left edge, which leaves room for binding.",
        "Set the left margin, gutter included, between 30 and 35 mm.",
    ),
    "ND30-05": (
        "Right margin 15–20 mm",
        "The text keeps 15–20 mm from the right edge.",
        "Set the right margin between 15 and 20 mm.",
    ),
    "ND30-06": (
        "Times New Roman",
        "Documents use the font Times New Roman with Unicode letters.",
        "Select everything and set Times New Roman.",
    ),
    "ND30-07": (
        "Unicode (TCVN 6909:2001)",
        "Text typed in old code tables such as TCVN3 or VNI cannot be searched or exchanged.",
        "Convert the text to Unicode, then set Times New Roman.",
    ),
    "ND30-08": (
        "Composed Unicode letters",
        "Letters put together from several codes look right but break search and comparison.",
        "Convert the text to composed Unicode (NFC).",
    ),
    "ND30-09": (
        "Black letters",
        "The letters of a document are black.",
        "Select everything and set the automatic colour.",
    ),
    "ND30-10": (
        "Page number centred in the top margin, none on page 1",
        "Pages are numbered from 1 in upright Arabic figures of 13–14 pt, centred in the top margin; the first "
        "page shows none.",
        "Insert the number at the centre of the header and make the first page different.",
    ),
    "ND30-11": (
        "Sizes move together",
        "Sizes rise and fall together in one document: with a 13 pt nation line go 14 pt motto and date, with 12 "
        "pt go 13.",
        "Choose one set of sizes: 13 – 14 – 14 or 12 – 13 – 13.",
    ),
    "ND30-12": (
        "Body of 13–14 pt throughout",
        "The body is set in 13 to 14 pt, the same in the whole document.",
        "Select the body and set one size, 13 or 14.",
    ),
    "ND30-13": (
        "Nation line word for word",
        "The nation line “CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM” stands in capitals at the top of the first page.",
        "Copy the nation line in capitals to the top of the document.",
    ),
    "ND30-14": (
        "Look of the nation line",
        "The nation line is set in bold upright capitals of 12–13 pt.",
        "Set the nation line in 13 pt bold, not italic.",
    ),
    "ND30-15": (
        "Motto word for word",
        "The motto is “Độc lập - Tự do - Hạnh phúc”: three capitals, and short hyphens with a space on each side.",
        "Copy the motto right below the nation line.",
    ),
    "ND30-16": (
        "Look of the motto",
        "The motto is set in bold upright letters of 13–14 pt, centred under the nation line.",
        "Set the motto in 14 pt bold, centred.",
    ),
    "ND30-17": (
        "Line under the motto",
        "A solid line as long as the text stands under the motto.",
        "Draw a solid line under the motto instead of underlining it.",
    ),
    "ND30-18": (
        "Look of the issuing body",
        "The issuing body is set in bold upright capitals of 12–13 pt, centred under the superior body.",
        "Set the issuing body in 13 pt bold capitals, centred.",
    ),
    "ND30-19": (
        "Issuing body in full",
        "The issuing body has its full official name; only the superior body may be abbreviated.",
        "Write the name in full, “ỦY BAN NHÂN DÂN” instead of “UBND”.",
    ),
    "ND30-20": (
        "Look of the superior body",
        "The superior body is set in upright capitals of 12–13 pt, not bold.",
        "Take the bold off the superior body's name.",
    ),
    "ND30-21": (
        "Local superior body with its place",
        "A local superior body carries the name of its province or commune.",
        "Write it out, for example “UBND TỈNH QUẢNG TRỊ”.",
    ),
    "ND30-22": (
        "Line under the issuing body",
        "A solid line of a third to a half of the text's length stands under the issuing body.",
        "Draw a short solid line under the issuing body.",
    ),
    "ND30-23": (
        "With or without a superior body",
        "People's committees and ministries name no superior body; departments and units do.",
        "Compare with the decision that founded the body.",
    ),
    "ND30-24": (
        "Number line begins with “Số:”",
        "The word “Số” has only its first letter in capitals and is followed by a colon.",
        "Begin the line with “Số:”.",
    ),
    "ND30-25": (
        "Arabic number, 0 before figures below 10",
        "The number is written in Arabic figures; below 10 it takes a leading 0.",
        "Write “05” instead of “5”.",
    ),
    "ND30-26": (
        "Slash and hyphens in number and sign",
        "A slash parts number and sign, hyphens part the groups, without spaces; the sign is in capitals.",
        "Write it without spaces, as “Số: 12/TB-UBND”.",
    ),
    "ND30-27": (
        "Abbreviation of the kind as in the table",
        "The first group of the sign is the abbreviation of the kind, spelt as in the decree's table.",
        "Look the kind up in the table and mend the first group.",
    ),
    "ND30-28": (
        "Sign as its kind asks",
        "A named document has kind, then body; a letter has body, then drafting unit, and no kind.",
        "Named document: “Số: 12/TB-UBND”. Letter: “Số: 12/UBND-VX”.",
    ),
    "ND30-29": (
        "Letters of the body in the sign",
        "The sign carries the abbreviation of the issuing body, which each body settles for itself.",
        "Compare the sign with the body above, for example “UBND” for a people's committee.",
    ),
    "ND30-30": (
        "No year in the number",
        "Administrative documents are numbered through the year; “12/2026/…” belongs to legal normative texts.",
        "Leave the year out: “Số: 12/…”.",
    ),
    "ND30-31": (
        "An issued document has number and date",
        "Number and date are given after signing and before the document goes out.",
        "Enter number and date once the document is registered.",
    ),
    "ND30-32": (
        "Look of the number line",
        "The number line is set in 13 pt, upright, not bold, centred under the issuing body.",
        "Set the number line in 13 pt, upright, not bold, centred.",
    ),
    "ND30-33": (
        "Place and date as prescribed",
        "The date is written out as “Địa danh, ngày 05 tháng 6 năm 2026”.",
        "Write “place, ngày … tháng … năm …”.",
    ),
    "ND30-34": (
        "0 before days below 10",
        "A day below 10 takes a leading 0.",
        "Write “ngày 05”.",
    ),
    "ND30-35": (
        "0 only before months 1 and 2",
        "January and February take a leading 0, the later months do not.",
        "Write “tháng 01”, “tháng 02”, but “tháng 6”.",
    ),
    "ND30-36": (
        "A real date",
        "The date must exist in the calendar.",
        "Check day, month and year.",
    ),
    "ND30-37": (
        "Place name capitalised, then a comma",
        "The place begins with capitals and is followed by a comma.",
        "Write “Triệu Phong, ngày …”.",
    ),
    "ND30-38": (
        "Look of place and date",
        "Place and date are set in italics of 13–14 pt, not bold.",
        "Set place and date in 14 pt italics.",
    ),
    "ND30-39": (
        "Date level with the number",
        "Place and date stand on the same line as the number.",
        "Put both into one row of the table at the head.",
    ),
    "ND30-40": (
        "The right place",
        "Central bodies name the province or city they sit in, local ones their own unit.",
        "Compare the place with the seat of the body.",
    ),
    "ND30-41": (
        "Kind on a line of its own, in capitals",
        "Every document but the letter names its kind in bold capitals, centred on a line of its own.",
        "Write the kind in bold capitals, centred on a line of its own, above the subject.",
    ),
    "ND30-42": (
        "Short subject right below the kind",
        "The subject is a short phrase in bold letters, centred right below the kind.",
        "Write one phrase without a final full stop, such as “Về việc …”.",
    ),
    "ND30-43": (
        "Line under the subject",
        "A solid line of a third to a half of the text's length stands under the subject of a named document.",
        "Draw a short solid line under the subject.",
    ),
    "ND30-44": (
        "A letter has “V/v” and no kind",
        "A letter names no kind; its subject follows “V/v” under the number.",
        "Remove the kind and write “V/v …” under the number.",
    ),
    "ND30-45": (
        "“Kính gửi” for some kinds only",
        "Only letters, submissions and reports to a superior are addressed; other kinds list recipients at the end.",
        "Remove “Kính gửi” and move the recipients to “Nơi nhận”.",
    ),
    "ND30-46": (
        "“Kính gửi:” with a colon",
        "Letters and submissions begin with “Kính gửi”, a colon and the addressee.",
        "Add “Kính gửi: …” before the body.",
    ),
    "ND30-47": (
        "How several addressees are written",
        "One addressee stands on the same line; several take a line each, with dashes, semicolons and a final full"
        " stop.",
        "Give each its line: “- …;”, the last “- ….”.",
    ),
    "ND30-48": (
        "Dashes of the addressees in line",
        "The dashes stand one under the other below the colon.",
        "Give the lines of the addressees one indent.",
    ),
    "ND30-49": (
        "Grounds in italics, with their marks",
        "Each ground has a line of its own in italics, ends with a semicolon, the last with a full stop.",
        "Set the grounds in italics, with a semicolon after each and a full stop after the last.",
    ),
    "ND30-50": (
        "Grounds in full",
        "A ground gives kind, number, body, date and title; laws and ordinances go without number and body.",
        "Write “Căn cứ Nghị định số … ngày … của Chính phủ về …;”.",
    ),
    "ND30-51": (
        "Later citations short",
        "The first citation is full; later ones give kind and number only.",
        "From the second time on write just “Nghị định số 30/2020/NĐ-CP”.",
    ),
    "ND30-52": (
        "“số” before the number",
        "The decree's own examples put “số” between kind and number.",
        "Write “Nghị định số 30/2020/NĐ-CP”.",
    ),
    "ND30-53": (
        "Build of resolutions and decisions",
        "Authority line, grounds, “QUYẾT ĐỊNH:” or “QUYẾT NGHỊ:”, then the articles.",
        "Put them into this order: authority, grounds, “QUYẾT ĐỊNH:”, “Điều 1. …”.",
    ),
    "ND30-54": (
        "Figures of parts, chapters, sections, articles",
        "Parts and chapters take Roman figures, sections, articles and clauses Arabic ones, points letters: “Điều "
        "1.”, “1.”, “a)”.",
        "Write “Chương I”, “Mục 1”, “Điều 1.”, “1.”, “a)”.",
    ),
    "ND30-55": (
        "Parts, chapters and sections have titles",
        "A title on the line below says what the part is about.",
        "Add a title in capitals on the next line.",
    ),
    "ND30-56": (
        "Continuous numbering",
        "Articles and clauses run on; points follow the Vietnamese alphabet a, b, c, d, đ, e, g and so on.",
        "Number anew from the gap on.",
    ),
    "ND30-57": (
        "Only the levels of the decree",
        "The decree knows part, chapter, section, article, clause, point; not “1.1.”, “a.”, “(1)” or “+”.",
        "Turn “1.1.” into a clause or a point: “1.”, “a)”.",
    ),
    "ND30-58": (
        "Body justified",
        "The body is justified on both sides.",
        "Select the body and justify it.",
    ),
    "ND30-59": (
        "First line in by 1 or 1.27 cm",
        "The first line of a paragraph is set in by 1 or 1.27 cm.",
        "Set a first-line indent of 1.27 cm.",
    ),
    "ND30-60": (
        "At least 6 pt between paragraphs",
        "Paragraphs keep at least 6 pt from one another.",
        "Set 6 pt after each paragraph.",
    ),
    "ND30-61": (
        "Line spacing of 1 to 1.5",
        "Lines stand at single to one-and-a-half spacing.",
        "Set a line spacing between 1 and 1.5.",
    ),
    "ND30-62": (
        "Body ends with “./.”",
        "The sample forms end the body with “./.” to show that the text is over.",
        "Add “./.” after the last sentence.",
    ),
    "ND30-63": (
        "The body speaks of its appendices",
        "A document with an appendix points to it in the body.",
        "Add a pointer such as “(chi tiết tại Phụ lục kèm theo)”.",
    ),
    "ND30-64": (
        "Abbreviation of the signer's power",
        "The power is written TM., Q., KT., TL. or TUQ. with a full stop; power and title are in capitals.",
        "Write “TM. ỦY BAN NHÂN DÂN” or “KT. CHỦ TỊCH”.",
    ),
    "ND30-65": (
        "Title under KT., TL., TUQ.",
        "Whoever signs for another adds his own title below; “KT.” is for deputies.",
        "Under “KT. CHỦ TỊCH” write “PHÓ CHỦ TỊCH”; under “TL. …” the signer's title.",
    ),
    "ND30-66": (
        "“TM.” for collectives only",
        "“TM.” stands before a collective; a document of a head carries the head's title.",
        "For a department or a chairperson's own document leave “TM. …” out.",
    ),
    "ND30-67": (
        "No passing on of an authorisation",
        "Whoever signs by authorisation may not pass it on.",
        "Remove the “KT.” line; the authorised person signs.",
    ),
    "ND30-68": (
        "Look of title and name of the signer",
        "Title in capitals, name in normal letters, both 13–14 pt, bold, upright, centred.",
        "Set title and name in 14 pt bold, centred.",
    ),
    "ND30-69": (
        "No degrees before the name",
        "No academic rank or honour stands before the signer's name, but in the forces, education, health and science.",
        "Leave the degree out.",
    ),
    "ND30-70": (
        "Notes about the signature",
        "“(Đã ký)” is a note of copies and no part of an original.",
        "Remove the note from the issued document.",
    ),
    "ND30-71": (
        "Picture of digital signature and seal",
        "The digital signature is blue, between title and name; the seal is red and covers a third of it on the left.",
        "Look at signature and seal after signing.",
    ),
    "ND30-72": (
        "“Nơi nhận:” on a line of its own",
        "“Nơi nhận” stands on a line of its own in 12 pt bold italics, followed by a colon.",
        "Add the line “Nơi nhận:” before the recipients.",
    ),
    "ND30-73": (
        "Recipients with dashes and semicolons",
        "Each recipient has a line of 11 pt with a dash before and a semicolon after it.",
        "Write each as “- …;”.",
    ),
    "ND30-74": (
        "Last line “- Lưu: VT, ….”",
        "The last line has “Lưu”, a colon, “VT”, the drafting unit and a full stop.",
        "Write “- Lưu: VT, VX.”.",
    ),
    "ND30-75": (
        "First recipient as its kind asks",
        "Addressed documents begin with “- Như trên;”, decisions with “- Như Điều …;”.",
        "Put “- Như trên;” or “- Như Điều …;” first.",
    ),
    "ND30-76": (
        "Recipients level with the signer",
        "“Nơi nhận” stands level with the signer's power, at the left margin.",
        "Put recipients and signature into one row of a table.",
    ),
    "ND30-77": (
        "Mark of urgency",
        "Urgency is “KHẨN”, “THƯỢNG KHẨN” or “HỎA TỐC” in bold capitals of 13–14 pt, in a box.",
        "Set the mark in bold capitals of 13–14 pt.",
    ),
    "ND30-78": (
        "No secret papers on this machine",
        "Secret documents are drafted and kept under the rules on state secrets only.",
        "Delete the file here and work on a machine meant for secret papers.",
    ),
    "ND30-79": (
        "Mark of circulation",
        "“XEM XONG TRẢ LẠI” and “LƯU HÀNH NỘI BỘ” keep a document from wide circulation; bold capitals of 13–14 pt"
        " in a box.",
        "Ask who is in charge before you practise with this document.",
    ),
    "ND30-80": (
        "Look of appendices",
        "“Phụ lục” with its number stands alone in 14 pt bold, centred; the title in bold capitals; two or more "
        "take Roman numbers.",
        "Write “Phụ lục I” and below it the title in bold capitals, centred.",
    ),
    "ND30-81": (
        "What the appendix belongs to",
        "Under the title stands “(Kèm theo … số … ngày … của …)” in italics, centred.",
        "Add the line “(Kèm theo …)” in italics.",
    ),
    "ND30-82": (
        "Page numbers of each appendix",
        "Each appendix is numbered by itself from 1.",
        "Give the appendix a section of its own and restart its page numbers.",
    ),
    "ND30-83": (
        "Form of copies",
        "A copy carries “SAO Y”, “SAO LỤC” or “TRÍCH SAO” in bold capitals of 13–14 pt; below the document stand the "
        "body that copies, number and sign (SY, SL, TrS), place, date and signer; scans are PDF 1.4 or later, in "
        "colour, 200 dpi or more.",
        "Set the stamp as in form 3.1 of Appendix III, below a solid line; check a scan before it is signed.",
    ),
    "ND30-84": (
        "All parts, in their order",
        "An administrative document has nine main parts, each in its place.",
        "Add what is missing; write “[cần bổ sung]” for values not known yet.",
    ),
    "ND30-85": (
        "Capital at the start of sentences",
        "The first letter of a sentence and of a new line is a capital.",
        "Begin the sentence with a capital.",
    ),
    "ND30-86": (
        "Capitals in personal names",
        "Every syllable of a Vietnamese name begins with a capital.",
        "Write “ông Nguyễn Văn A”.",
    ),
    "ND30-87": (
        "Capitals in names of units",
        "The common noun is small, the name capital (“tỉnh Quảng Trị”); with numbers, persons and events both are "
        "capital (“Quận 1”).",
        "Write “tỉnh Quảng Trị”, “xã Triệu Phong” inside a sentence.",
    ),
    "ND30-88": (
        "Thủ đô Hà Nội, Thành phố Hồ Chí Minh",
        "These two names are special cases.",
        "Write “Thủ đô Hà Nội”, “Thành phố Hồ Chí Minh”.",
    ),
    "ND30-89": (
        "Terrain words in names",
        "A terrain word with a one-syllable name is capital (“Cửa Lò”), beside a full name small (“biển Cửa Lò”).",
        "Compare with the official name.",
    ),
    "ND30-90": (
        "Regions in capitals",
        "All syllables of a region's name begin with capitals.",
        "Write “Tây Bắc”, “Đông Nam Bộ”, “Tây Nguyên”.",
    ),
    "ND30-91": (
        "Capitals in names of bodies",
        "Each phrase naming type, function or field begins with a capital: “Ủy ban nhân dân”, “Sở Tài chính”.",
        "Write “Ủy ban nhân dân xã …”, “Sở Tài chính”.",
    ),
    "ND30-92": (
        "“Nhân dân”, “Nhà nước”",
        "These two nouns are always capital.",
        "Write “Nhân dân”, “Nhà nước” where they stand alone.",
    ),
    "ND30-93": (
        "Orders and honours",
        "The words that make up the name and the rank are capital.",
        "Compare with the decision that awarded it.",
    ),
    "ND30-94": (
        "Titles tied to a person",
        "A title beside a certain person's or body's name is capital.",
        "Look at each title again.",
    ),
    "ND30-95": (
        "Kind of a certain text capital",
        "For a certain text the kind and the first word of its title are capital: “Nghị định số …”.",
        "Begin the kind before a number with a capital.",
    ),
    "ND30-96": (
        "Capitals when citing articles",
        "Citing a certain text, Phần, Chương, Mục, Tiểu mục and Điều are capital, khoản and điểm small.",
        "Write “điểm a khoản 2 Điều 5”.",
    ),
    "ND30-97": (
        "Weekdays, months, lunar years, Tết",
        "Weekdays and months written in letters are capital: “thứ Hai”, “tháng Năm”.",
        "Write “thứ Hai”, “thứ Bảy”.",
    ),
    "ND30-98": (
        "Holidays",
        "The syllable that forms the name is capital: “ngày Quốc khánh 2-9”.",
        "Compare with the official name of the day.",
    ),
    "ND30-99": (
        "Events, dynasties, works",
        "The syllables of events and dynasties are capital, of works the first one.",
        "Compare with the official name.",
    ),
    "ND30-X1": (
        "Spaces around punctuation",
        "One space between words, none before a mark, one after it.",
        "Remove what is too much and add what is missing.",
    ),
    "ND30-X2": (
        "One way of placing tone marks",
        "One document writes either “hòa, ủy” or “hoà, uỷ”, so that it can be searched.",
        "Choose one way and change the rest.",
    ),
    "ND30-X3": (
        "Spelling",
        "Misspelt words mislead the reader and take away from the document's dignity.",
        "Mend the spelling.",
    ),
    "ND30-X4": (
        "No traces of a chat",
        "Marks such as ** and #, emoji and openings like “Dưới đây là …” are no part of a document.",
        "Delete these marks and openings.",
    ),
    "ND30-X5": (
        "No open places when issued",
        "A person in charge fills the open places; the machine must not make values up.",
        "Fill each open place from the file, or ask the unit that knows.",
    ),
    "ND30-X6": (
        "Cited number fits its kind",
        "The sign carries the abbreviation of the kind that is cited, for example “NĐ-CP” for a decree.",
        "Open the original and compare number and sign.",
    ),
    "ND30-X7": (
        "Two tiers of local government",
        "Since 1 July 2025 there are provinces and communes only; districts and towns are no longer administrative "
        "units.",
        "Name today's commune, ward or special zone, or add “cũ”.",
    ),
    "ND30-X8": (
        "Names after the mergers",
        "Names of provinces and communes after the mergers of 2025 need to be compared with the resolutions.",
        "Compare the name with the resolution on the merger.",
    ),
}
