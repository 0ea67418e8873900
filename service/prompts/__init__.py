"""The content files: exercises, system frames, and the list of the sample documents.

    exercises  one Markdown file with YAML front matter → Exercise, or every problem with its line
    keys       its answer key: inputs, planted mistakes, cards, identifiers, pairs, tables, differences, baselines
    assertions its checks, in promptfoo's words
    values     what each type of check must be told
    own_files  the texts in its own folder
    frames     the system text for each kind of task, filled with the material of a task
    samples    sample_docs/manifest.yaml
    lines      YAML and front matter read with line numbers

Every file may come from a stranger: its size and depth are bounded, YAML anchors and tags are refused, only plain
values are read, no path leaves the folder it belongs to, and a key that is not known is an error, so that a slip of
the pen never goes unnoticed. Each problem carries its line and a sentence.
"""

from service.prompts.exercises import STATES, load_exercise, parse_exercise, set_field, validate
from service.prompts.frames import Frame, fill, load_frames
from service.prompts.keys import BY_HAND_TOO, WORKED_BY_HAND
from service.prompts.lines import Problem, Sentence, problem_of, said
from service.prompts.samples import Sample, read_manifest

__all__ = [
    "BY_HAND_TOO",
    "STATES",
    "WORKED_BY_HAND",
    "Frame",
    "Problem",
    "Sample",
    "Sentence",
    "fill",
    "load_exercise",
    "load_frames",
    "parse_exercise",
    "problem_of",
    "read_manifest",
    "said",
    "set_field",
    "validate",
]
