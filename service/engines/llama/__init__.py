"""The class engine: one llama.cpp model in this process, many people at once.

One thread owns the model and turns a wheel. Each turn of the wheel decodes one batch: the newest token of every
answer being written, then prompt tokens of those still being read (continuous batching; Yu et al., "Orca", OSDI
2022). All sequences share one KV cache, so a prompt that begins like one already read is not read again.

    engine.py         the protocol of ``engines/base.py``: waits, relays, cancels; the only public class
    loop.py           the one thread: load, turn the wheel, free
    wheel.py          one batch: admit, fill, decode, sample, hand out
    seats.py          who sits where in the KV cache, which prefix can be shared or is kept, whether there is room
    saved.py          kept prefixes on disk
    model.py          file → model and context; sizes, threads, first measurement, release
    steps.py          what a writing step takes by the number of its rows
    batch.py          the arrays handed to ``llama_decode``
    vocabulary.py     text ↔ tokens
    chat_template.py  conversation → the text the model was trained on
    sampling.py       logits → token: processors, penalties, grammar, draw
    placeholders.py   names and numbers as single tokens, for a model that has learnt to read so
    grounding         a processor that keeps a small model close to its prompt
    lookup.py         tokens guessed from the prompt, checked in one decode
    detokenizer.py    tokens → whole characters, and stop strings
    native.py         llama.cpp loaded once, silent

Shared with the other engines: ``engines/turns.py`` (who is next) and ``engines/figures.py`` (what is counted).
"""
