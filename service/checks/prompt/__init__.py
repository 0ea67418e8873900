"""What a prompt says: its ``parts``, found by the ``cues`` that announce them, struck out one by one (``ablation``),
and sorted into the slots of ``templates``."""
