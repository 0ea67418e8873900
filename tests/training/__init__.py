"""The maker of the small model: generator, judge, training, export."""
