"""Who can see a person and who has looked: pages over the ledger and the read log, emergency access, oversight, roles.

`access` keeps the ledger and knows nobody's name; `people` knows the names. These pages need both (ADR-0007).
"""
