"""One file for each peer; each is imported in a process of its own only."""

#: Names on the command line, and in tables.
TITLES = {
    "highs": "HiGHS",
    "scip": "SCIP",
    "scip-concurrent": "SCIP, concurrent",
    "cbc": "CBC",
    "cp-sat": "CP-SAT",
    "cp-sat-eight": "CP-SAT, 8 workers",
}
#: What is run unless said otherwise. CP-SAT is made for eight workers and more, also where there
#: are fewer cores: with as many as the others have threads alone, it would look worse than it is.
USUAL = ("highs", "scip", "cbc", "cp-sat", "cp-sat-eight")
