"""Evidence (证据材料): files that belong to a case, sniffed, cleaned, scanned and encrypted."""
