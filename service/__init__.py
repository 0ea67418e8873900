"""Học Vụ: a practice desk for administrative drafting with a local language model.

The map, from the ground up; imports go downwards only (the contracts stand in pyproject.toml).

    0  records errors text nd30/            nouns, errors, Vietnamese text, Decree 30 as data
       quantities differences               figures and dates in a text; what two texts differ in
    1  settings                             the only reader of the environment
       store/                               tables, database, migrations
       engines/ embedders/ parsers/         one outside thing each, behind one small protocol
       prompts chunking docx_writer/        content files; passages; the official form as .docx
       spreadsheet                          rows as .xlsx
       ranking agreement                    votes → who stands where; judgements → how far people agree
       office                               LibreOffice, when it is there: old formats → .docx, .docx → PDF
       index jobs docx_mender               hybrid search; the job table; a person's own .docx put right
       docx_footnotes                       marks «[2]» in a .docx as footnotes
    2  kit                                  everything above, opened once and handed down
    3  checks/                              rules on prompts and answers
       extraction/                          what rules read out of a document: tasks, dates, bases, versions
       answerability quoting/               whether documents answer a question; their sentences that do
       accounts newcomers audit keys api library exercises practice/ repeats passing handwork feedback progress
       certificates baseline proof drafts form compare/ backup
       seats classes/                       a class in one room: who sits where; its wall, its queue, its grade book
       verify handin rubric opinion         open details checked, work handed in, marked by people; what a model thinks
       experiments promptfoo models         a prompt tried in variants, as promptfoo reads it; the installed models
       trials outcomes experiment_rows      the job that makes an experiment's trials; what came out; how it is kept
       ask/ summarise/ digest               one's documents: asked, summed up, read by rules
       reading_ahead                        what every prompt on an input begins with, read before the first one comes
       answering batch                      an answer that grows, is kept, followed and stopped; many in the background
                                            the features: plain functions taking a Kit
    4  pages/                               the only users of Flask
    5  app worker                           the application; the work behind it
       serving headless doctor              a server; one exercise without a browser; what is wrong here
       bench/                               what is promised, measured
       cli/                                 the commands
"""

__version__ = "0.1.0"
