"""Office files, read and written without Django: tables for Excel and CSV, and what an import is made of."""
