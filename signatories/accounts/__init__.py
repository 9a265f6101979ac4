"""Accounts of the network's people: who invites whom, whose address is corrected, how far each has come."""
