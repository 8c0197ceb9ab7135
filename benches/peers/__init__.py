"""shizi beside other solvers on the same models; README.md says how it measures."""
