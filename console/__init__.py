"""The console (工作台): where the staff work. Server-rendered, on the same core."""
