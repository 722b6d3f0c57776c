"""Who visits whom, when and with whom: proposals for a day or a week, and why.

`problem` says what is asked, `plan` what is answered, `cost` what an answer costs (slowly, for people to read).
`search` finds answers, `replan` mends them when the day turns out otherwise, `explain` says why. `docs/planning.md`
tells the rest.
"""
