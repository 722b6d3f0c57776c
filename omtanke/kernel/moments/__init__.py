"""The month of wishes: who goes to what, with whom as company, and who drives. Pure; docs/moments.md tells how."""
