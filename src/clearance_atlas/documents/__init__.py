"""Bulletins: from files to texts that can be read, with the way back to every character as published."""

from clearance_atlas.documents.cleaning import clean, fold, fold_letters, source_span, uncleaned
from clearance_atlas.documents.language import detect_language
from clearance_atlas.documents.reading import MEDIA_TYPES, Reading, read_document, read_documents
from clearance_atlas.documents.segmentation import Span, paragraphs, sentences

__all__ = [
    "MEDIA_TYPES",
    "Reading",
    "Span",
    "clean",
    "detect_language",
    "fold",
    "fold_letters",
    "paragraphs",
    "read_document",
    "read_documents",
    "sentences",
    "source_span",
    "uncleaned",
]
