"""How the small practice model is made, from invented documents to the file in ``models/``.

Read in this order: :mod:`training.words` (what invented documents are about), :mod:`training.slots` (one fact and the ways
people write it), :mod:`training.kinds` (the body of each of the 29 kinds), :mod:`training.notes`,
:mod:`training.papers` and :mod:`training.asking` (how people write notes, documents and prompts), :mod:`training.wording`
(the lists written by hand), :mod:`training.tasks` (from facts to a question and its answer, and the mixture). Then
:mod:`training.tokenizer`, :mod:`training.packing`, :mod:`training.model`, :mod:`training.induction`,
:mod:`training.optimiser` and :mod:`training.train` (the network and how it learns), and :mod:`training.export`,
:mod:`training.parity`, :mod:`training.evaluation` and :mod:`training.card` (the file, proved and described).
``python -m training.build`` does all of it, but for the fitted weights of the rule of support (:mod:`training.support`); ``training/on_gpu.sh`` does the learning on a borrowed machine.
"""
