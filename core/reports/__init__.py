"""Credit reports (信用报告): asked for, told at an instant, made, verified, and recalled."""
