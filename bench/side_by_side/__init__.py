"""Reading side by side with other libraries: fidelity on the tests' fixtures, and speed."""
