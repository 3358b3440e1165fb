"""The work of the app as lines of text with prompts: for screen readers, Braille, slow links and plain terminals."""
