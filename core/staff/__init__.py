"""Staff (工作人员): who works at the console, in which role, and what needs two of them."""
