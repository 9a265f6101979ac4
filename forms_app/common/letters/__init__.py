"""Word letters: frozen facts in, bytes out (§7A, §7B.7, D20). No model, no clock, no setting is read here."""
