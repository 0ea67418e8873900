"""How well a model does the work, on reserved briefs of the generator and on briefs written by hand.

``judging`` looks at one answer, ``briefs`` holds what is asked, ``bench`` asks a model everything and adds up. Any GGUF can be
asked, so that an installed model can be compared with the one in the box.
"""
