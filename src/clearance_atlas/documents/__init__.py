"""Bulletins: from files to texts that can be read, with the way back to every character as published."""

from clearance_atlas.documents.cleaning import clean, fold, fold_letters, source_span, uncleaned
from clearance_atlas.documents.language import detect_language
from clearance_atlas.documents.reading import MEDIA_TYPES, Reading, read_documents
from clearance_atlas.documents.segmentation import Span, paragraphs, sentences
from clearance_atlas.documents.tabular import Row, Table, parse_table, source_of

__all__ = [
    "MEDIA_TYPES",
    "Reading",
    "Row",
    "Span",
    "Table",
    "clean",
    "detect_language",
    "fold",
    "fold_letters",
    "paragraphs",
    "parse_table",
    "read_documents",
    "sentences",
    "source_of",
    "source_span",
    "uncleaned",
]
