"""What an answer claims with figures, and what of it a source bears out.

``stated`` reads what a text states; ``bearing`` and ``measures`` know the same value in any notation; ``otherwise``
finds what is borne out though no figure equals it, with ``portions``, ``rounding``, ``totals`` and ``headed``;
``readings`` chooses where a figure reads in more than one way; ``moments`` are the parts of a month.
"""
