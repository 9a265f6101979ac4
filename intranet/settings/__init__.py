"""Empty on purpose: name the settings you mean (base is never used alone)."""
