"""Figures drawn from plain data: as lines of text for a terminal, as SVG for paper and pages."""
